/** Classifies an error of the interpreter: time limit, memory limit, or the program's own error. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { ProgramLimits } from './limits.js';
import type { ProgramOutcome } from './outcome.js';

/** The number of lines that the wrapper adds before the source. */
const WRAPPER_LINES = 1;

interface Explained {
  readonly name?: string;
  readonly message: string;
  readonly stack: string;
  readonly line?: number;
}

/** Checked by hand, because a schema library would have to be loaded in each program's thread. */
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

/** The facts about a sandbox that explain why a program ended. */
export interface Scene {
  readonly context: QuickJSContext;
  readonly limits: ProgramLimits;
  readonly logs: string[];
  /** The sandbox's function that reads an error. */
  readonly explain: QuickJSHandle;
  expired(): boolean;
  full(): boolean;
}

export interface ProgramError {
  readonly message: string;
  /** The line in the original source, from 1. */
  readonly line: number | undefined;
}

/** Reads an error with the sandbox's own functions. A program may have changed them, so the result is checked. */
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
  // If the memory has no room for an error object, the interpreter throws null.
  if (box.full() && box.context.typeof(error) !== 'string' && box.context.eq(error, box.context.null))
    return starved;
  const { message, line } = readError(box, error, source);
  if (box.expired()) return timeout;
  if (message === 'InternalError: out of memory') return starved;
  return { outcome: 'threw', message, ...(line === undefined ? {} : { line }), logs };
}
