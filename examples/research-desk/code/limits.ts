/** The limits of a program. */
export interface ProgramLimits {
  /** Wall-clock time from reading the source to the result, in milliseconds. */
  readonly timeMs: number;
  /** The sandbox's whole memory in bytes, including the interpreter and the input; below 20 MB it cannot start. */
  readonly memoryBytes: number;
  /** The size of the result as JSON in UTF-8, in bytes. */
  readonly outputBytes: number;
}

export const DEFAULT_LIMITS: ProgramLimits = {
  timeMs: 2_000,
  memoryBytes: 64 * 1024 * 1024,
  outputBytes: 64 * 1024,
};

/** Extra time after the limit, for a program in a long native call, where the interpreter does not check the clock. */
export const GRACE_MS = 500;

/** Deeper results are refused, because the code that reads them recurses. */
export const MAX_DEPTH = 64;
