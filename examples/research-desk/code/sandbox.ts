/**
 * Runs one program in a separate QuickJS. It blocks its thread while the program runs, and does not free the
 * interpreter. Call it once, in a thread that ends afterwards (`program-thread.ts`).
 *
 * Three things limit a program. The interpreter has no access to the outside: no module loader, no timers,
 * and only one host function, which takes a line of log. Its whole memory is one WebAssembly memory that
 * cannot grow past the limit (compiled to WebAssembly, QuickJS's own count omits most of it). It checks the
 * clock between its steps.
 */
import released from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { clip } from '../clip.js';
import type { Interpreter } from './interpreter.js';
import { isTooDeep } from './json-depth.js';
import { MAX_DEPTH, type ProgramLimits } from './limits.js';
import type { ProgramOutcome } from './outcome.js';
import { PRELUDE } from './prelude.js';
import { readError, shortcoming } from './sandbox-error.js';
import type { ThreadTask } from './thread-messages.js';
import { boundedMemory, type WasmMemory } from './wasm-memory.js';

/** The types say CommonJS, but the package also has an ES module, whose default export is the variant itself. */
const variant = 'default' in released ? released.default : released;
const FILE = 'program.js';
const MAX_LOG_LINES = 100;
const MAX_LOG_CHARACTERS = 8_000;
const JOBS_AT_ONCE = 64;

export interface Sandbox {
  readonly context: QuickJSContext;
  readonly runtime: QuickJSRuntime;
  readonly limits: ProgramLimits;
  readonly logs: string[];
  readonly toJson: QuickJSHandle;
  readonly explain: QuickJSHandle;
  /** Whether the time limit stopped the interpreter. */
  expired(): boolean;
  /** Whether the memory has reached its limit, or has no room for another page. */
  full(): boolean;
}

export async function execute({ source, input, limits, interpreter }: ThreadTask): Promise<ProgramOutcome> {
  const memory = boundedMemory(limits.memoryBytes);
  const full = (): boolean => memory.buffer.byteLength > limits.memoryBytes * 0.9;
  const logs: string[] = [];
  const starved: ProgramOutcome = { outcome: 'out-of-memory', bytes: limits.memoryBytes, logs };
  // Text is copied in and then read. A text that cannot fit twice is refused first, because copying ignores
  // the limit.
  if (Math.max(input.length, source.length) > limits.memoryBytes / 2) return starved;
  try {
    const box = await open({ interpreter, memory, limits, logs, full });
    return run(box, source, input);
  } catch (error) {
    // The interpreter itself failed: when its native stack or memory is exhausted, it cannot always throw a
    // JavaScript error.
    if (error instanceof RangeError && /stack/i.test(error.message))
      return { outcome: 'threw', message: 'InternalError: stack overflow', logs };
    if (full() || /out of bounds/.test(String(error))) return starved;
    if (error instanceof Error && error.name === 'RuntimeError')
      return { outcome: 'threw', message: `InternalError: ${error.message}`, logs };
    throw error;
  }
}

interface Opening {
  readonly interpreter: Interpreter;
  readonly memory: WasmMemory;
  readonly limits: ProgramLimits;
  readonly logs: string[];
  readonly full: () => boolean;
}

async function open({ interpreter, memory, limits, logs, full }: Opening): Promise<Sandbox> {
  const own = newVariant(variant, { wasmModule: interpreter, wasmMemory: memory });
  const quickjs = await newQuickJSWASMModuleFromVariant(own);
  const runtime = quickjs.newRuntime();
  const context = runtime.newContext();
  let expired = false;
  const deadline = performance.now() + limits.timeMs;
  runtime.setInterruptHandler(() => {
    expired ||= performance.now() > deadline;
    return expired;
  });
  const log = context.newFunction('log', (text) => {
    record(logs, context.getString(text));
  });
  const tools = context.unwrapResult(
    context.callFunction(
      context.unwrapResult(context.evalCode(PRELUDE, 'prelude.js')),
      context.undefined,
      log,
    ),
  );
  return {
    context,
    runtime,
    limits,
    logs,
    toJson: context.getProp(tools, 'toJson'),
    explain: context.getProp(tools, 'explain'),
    expired: () => {
      expired ||= performance.now() > deadline;
      return expired;
    },
    full,
  };
}

function record(logs: string[], text: string): void {
  const written = logs.reduce((sum, entry) => sum + entry.length, 0);
  if (logs.length > MAX_LOG_LINES || written > MAX_LOG_CHARACTERS) return;
  const over = logs.length === MAX_LOG_LINES || written + text.length > MAX_LOG_CHARACTERS;
  logs.push(over ? `${clip(text, MAX_LOG_CHARACTERS - written)} … (the rest of the log was cut)` : text);
}

function run(box: Sandbox, source: string, input: string): ProgramOutcome {
  const { context } = box;
  const compiled = compile(box, source);
  if ('outcome' in compiled) return compiled;
  const parsed = context.callFunction(
    context.getProp(context.getProp(context.global, 'JSON'), 'parse'),
    context.undefined,
    context.newString(input),
  );
  if (parsed.error) return shortcoming(box, parsed.error, source);
  const called = context.callFunction(compiled.program, context.undefined, parsed.value);
  if (called.error) return shortcoming(box, called.error, source);
  const stuck = settle(box, called.value, source);
  if (stuck) return stuck;
  const state = context.getPromiseState(called.value);
  if (state.type === 'pending')
    return {
      outcome: 'threw',
      message:
        'The program waits for a promise that nothing will settle: there are no timers and no input here.',
      logs: box.logs,
    };
  return state.type === 'rejected' ? shortcoming(box, state.error, source) : finish(box, state.value, source);
}

/** Compiles the source as an expression or as the body of a function, whichever it is. */
function compile(box: Sandbox, source: string): { program: QuickJSHandle } | ProgramOutcome {
  const wrapped = (open: string, close: string) =>
    box.context.evalCode(
      `(async function program(input) {'use strict'; ${open}\n${source}\n${close}})`,
      FILE,
    );
  try {
    const expression = wrapped('return (', ')');
    if (!expression.error) return { program: expression.value };
    const body = wrapped('', '');
    if (!body.error) return { program: body.value };
    const { message, line } = readError(box, body.error, source);
    if (box.expired() || box.full()) return shortcoming(box, body.error, source);
    return { outcome: 'syntax-error', message, ...(line === undefined ? {} : { line }) };
  } catch (error) {
    if (error instanceof RangeError)
      return { outcome: 'syntax-error', message: 'SyntaxError: the source is nested too deeply' };
    throw error;
  }
}

/** Runs the program's pending promises until none is left. */
function settle(box: Sandbox, promise: QuickJSHandle, source: string): ProgramOutcome | undefined {
  while (box.runtime.hasPendingJob() && box.context.getPromiseState(promise).type === 'pending') {
    const ran = box.runtime.executePendingJobs(JOBS_AT_ONCE);
    if (ran.error) return shortcoming(box, ran.error, source);
    if (box.expired()) break;
  }
  const pending = box.context.getPromiseState(promise).type === 'pending';
  return pending && box.expired() ? { outcome: 'timeout', ms: box.limits.timeMs, logs: box.logs } : undefined;
}

function finish(box: Sandbox, value: QuickJSHandle, source: string): ProgramOutcome {
  const { context, limits, logs } = box;
  const text = context.callFunction(box.toJson, context.undefined, value);
  if (text.error) return shortcoming(box, text.error, source);
  if (context.typeof(text.value) !== 'string')
    return { outcome: 'threw', message: 'TypeError: The result is not JSON.', logs };
  // The length is checked before the text is copied, because the thread's own memory is limited too.
  const characters = context.getNumber(context.getProp(text.value, 'length'));
  const json = characters > limits.outputBytes ? undefined : context.getString(text.value);
  const bytes = json === undefined ? characters : Buffer.byteLength(json);
  if (json === undefined || bytes > limits.outputBytes)
    return { outcome: 'output-too-large', bytes, limit: limits.outputBytes, logs };
  if (isTooDeep(json, MAX_DEPTH))
    return {
      outcome: 'threw',
      message: `RangeError: The result is nested more than ${MAX_DEPTH} levels deep.`,
      logs,
    };
  return { outcome: 'ok', value: JSON.parse(json) as never, logs };
}
