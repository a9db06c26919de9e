/** What an error of the interpreter says about the program: time, memory, or the program's own mistake. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { ProgramLimits } from './limits.js';
import type { ProgramOutcome } from './outcome.js';

/** The line that the wrapper puts before the source. */
const WRAPPER_LINES = 1;

interface Explained {
  readonly name?: string;
  readonly message: string;
  readonly stack: string;
  readonly line?: number;
}

/** By hand: each program's thread would load a schema library for this one shape. */
function isExplained(value: unknown): value is Explained {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message, stack, line } = value as Record<string, unknown>;
  return (
    (name === undefined || typeof name === 'string') &&
    typeof message === 'string' &&
    typeof stack === 'string' &&
    (line === undefined || Number.isFinite(line))
  );
}

/** What must be known of a sandbox to say why a program ended. */
export interface Scene {
  readonly context: QuickJSContext;
  readonly limits: ProgramLimits;
  readonly logs: string[];
  /** The sandbox's own function that reads an error. */
  readonly explain: QuickJSHandle;
  expired(): boolean;
  full(): boolean;
}

export interface ProgramError {
  readonly message: string;
  /** Counted from 1 in the source as it was given. */
  readonly line: number | undefined;
}

/** Reads an error with the sandbox's own means; a program may have bent them, so what comes back is checked. */
export function readError(box: Scene, error: QuickJSHandle, source: string): ProgramError {
  const { context } = box;
  const called = context.callFunction(box.explain, context.undefined, error);
  const text =
    called.error || context.typeof(called.value) !== 'string' ? 'null' : context.getString(called.value);
  const explained: unknown = JSON.parse(text);
  if (!isExplained(explained)) return { message: 'Error: what was thrown cannot be read', line: undefined };
  const { name, message, stack, line } = explained;
  const at = /\bprogram\.js:(\d+)/.exec(stack)?.[1];
  const found = at === undefined ? line : Number(at);
  const last = source.split('\n').length;
  return {
    message: name === undefined ? message : `${name}: ${message}`,
    line: found === undefined ? undefined : Math.min(Math.max(1, found - WRAPPER_LINES), last),
  };
}

/** The outcome of a program that ended with `error`. */
export function shortcoming(box: Scene, error: QuickJSHandle, source: string): ProgramOutcome {
  const { limits, logs } = box;
  const timeout: ProgramOutcome = { outcome: 'timeout', ms: limits.timeMs, logs };
  const starved: ProgramOutcome = { outcome: 'out-of-memory', bytes: limits.memoryBytes, logs };
  if (box.expired()) return timeout;
  // Where not even an error object fits into the memory, null is thrown.
  if (box.full() && box.context.typeof(error) !== 'string' && box.context.eq(error, box.context.null))
    return starved;
  const { message, line } = readError(box, error, source);
  if (box.expired()) return timeout;
  if (message === 'InternalError: out of memory') return starved;
  return { outcome: 'threw', message, ...(line === undefined ? {} : { line }), logs };
}
