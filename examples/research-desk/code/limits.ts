/** What a program may use up. */
export interface ProgramLimits {
  /** Wall-clock time from the first look at the source to the result, in milliseconds. */
  readonly timeMs: number;
  /** All memory of the sandbox, the interpreter and the input included, in bytes; below 20 MB it cannot start. */
  readonly memoryBytes: number;
  /** The size of the result as JSON in UTF-8, in bytes. */
  readonly outputBytes: number;
}

export const DEFAULT_LIMITS: ProgramLimits = {
  timeMs: 2_000,
  memoryBytes: 64 * 1024 * 1024,
  outputBytes: 64 * 1024,
};

/** After its time is up, for a program that sits in one long native call where the interpreter does not look at the clock. */
export const GRACE_MS = 500;

/** Deeper results are refused: what reads them later recurses. */
export const MAX_DEPTH = 64;
