/** Hostile programs: the result is always a typed outcome, and the test's own thread continues. */
import { describe, expect, test } from 'vitest';
import type { Json } from '@batonhq/baton';
// Uses the compiled code, because from source each thread loads a loader first. `programs.test.ts` tests the
// source.
import { type ProgramOptions, runProgram } from '../../../dist/examples/research-desk/code/run-program.js';
import { ProgramOutcome } from './outcome.js';

async function outcome(
  source: string,
  input: Json = null,
  options?: ProgramOptions,
): Promise<ProgramOutcome> {
  const ended = await runProgram(source, input, options);
  return ProgramOutcome.parse(ended);
}

/** For programs that will be stopped: the shorter, the sooner the test ends. */
const SHORT = { timeMs: 300 };

describe('a program that works', () => {
  test('program: gives the value of an expression', async () => {
    expect(await outcome('input.numbers.reduce((a, b) => a + b, 0) // all', { numbers: [1, 2, 3] })).toEqual({
      outcome: 'ok',
      value: 6,
      logs: [],
    });
  });

  test('program: returns the value of a function body, awaits included, and its log', async () => {
    const source = [
      'const double = async (n) => n * 2;',
      "console.log('doubling', input, { deep: [1] });",
      'const all = await Promise.all(input.map(double));',
      'return { all, at: new Date(0), gone: undefined };',
    ].join('\n');
    expect(await outcome(source, [1, 2])).toEqual({
      outcome: 'ok',
      value: { all: [2, 4], at: '1970-01-01T00:00:00.000Z' },
      logs: ['doubling [1,2] {"deep":[1]}'],
    });
  });

  test('program: keeps input, letters and odd names as they are', async () => {
    const input = JSON.parse('{"__proto__":{"x":1},"é😀\\u2028":"\\u0000\\"\\\\"}') as Json;
    expect(await runProgram('input', input)).toEqual({ outcome: 'ok', value: input, logs: [] });
  });

  test('program: an endless log is cut, and the program continues', async () => {
    const ended = await outcome("for (let i = 0; i < 5000; i++) console.log('line', i); return 1");
    expect(ended).toMatchObject({ outcome: 'ok', value: 1 });
    const { logs } = ended.outcome === 'ok' ? ended : { logs: [] };
    expect(logs).toHaveLength(101);
    expect(logs.at(-1)).toContain('the rest of the log was cut');
    const long = await outcome("for (let i = 0; i < 50; i++) console.log('x'.repeat(1e6)); return 1");
    expect(JSON.stringify(long).length).toBeLessThan(9_000);
  });
});

describe('a program that is wrong', () => {
  test.each([
    ['const a = 1;\nlet b = ;\nreturn a', 2],
    ['return {a: 1', 1],
    ['import fs from "fs";', 1],
    ["'never closed", 1],
  ])('syntax error: names the line for %j', async (source, line) => {
    expect(await outcome(source)).toMatchObject({
      outcome: 'syntax-error',
      message: expect.stringMatching(/^SyntaxError: ./),
      line,
    });
  });

  test('syntax error: an endlessly nested source is a syntax error', async () => {
    expect(await outcome(`return ${'['.repeat(200_000)}`)).toMatchObject({ outcome: 'syntax-error' });
  });

  test('error: names the line, and keeps the log so far', async () => {
    expect(await outcome("console.log('on my way');\nconst f = () => {\n  return null.x;\n};\nf()")).toEqual({
      outcome: 'threw',
      message: expect.stringMatching(/^TypeError: .*null/),
      line: 3,
      logs: ['on my way'],
    });
    expect(await outcome('throw { code: 7 }')).toMatchObject({
      outcome: 'threw',
      message: 'Thrown: {"code":7}',
    });
    expect(await outcome('throw null')).toMatchObject({ outcome: 'threw', message: 'Thrown: null' });
    expect(await outcome('return JSON.parse("{")')).toMatchObject({ outcome: 'threw', line: 1 });
  });

  test.each([
    ['() => 1', 'a function'],
    ['{ rows: [{ f() {} }] }', '"f" is a function'],
    ['10n', 'BigInt'],
    ['({ s: Symbol("s") })', 'symbol'],
    ['0 / 0', 'NaN'],
    ['new Map([[1, 2]])', 'Object.fromEntries'],
    ['[new Set([1])]', '[...set]'],
    ['[Promise.resolve(1)]', 'await'],
    ['const a = {}; a.a = a; return a', 'circular'],
    ['const a = 1;', 'end it with "return value;"'],
    ['({ toJSON() { return undefined } })', 'not JSON'],
    ['JSON.parse("[".repeat(70) + "]".repeat(70))', '64 levels'],
  ])('result: a value that is not JSON is an error that says so, for %s', async (source, words) => {
    const ended = await outcome(source);
    expect(ended).toMatchObject({ outcome: 'threw', message: expect.stringContaining(words) });
  });
});

describe('a program that wants too much', () => {
  test.each([
    'while (true) {}',
    'try { while (true) {} } catch {} finally { while (true) {} }',
    'const f = () => Promise.resolve().then(f); return f()',
    'throw { get message() { while (true) {} }, toJSON() { while (true) {} } }',
    'return { toJSON() { while (true) {} } }',
    '/(a+)+$/.test("a".repeat(40) + "b")',
    'for (;;) await 1',
  ])('time: a program that never ends is stopped, as with %s', async (source) => {
    expect(await outcome(source, null, SHORT)).toEqual({ outcome: 'timeout', ms: 300, logs: [] });
  });

  test('time: a stopped program keeps its log so far', async () => {
    expect(await outcome('console.log("here"); for (;;);', null, SHORT)).toMatchObject({
      outcome: 'timeout',
      logs: ['here'],
    });
  });

  test('time: a program is stopped from outside during one long native call', async () => {
    const source = 'let o = {}; for (let i = 0; i < 60000; i++) o = { o }; return JSON.stringify(o)';
    expect(await outcome(source, null, SHORT)).toMatchObject({ outcome: 'timeout', ms: 300 });
  });

  test('time: the default limit is two seconds', async () => {
    expect(await outcome('for (;;);')).toEqual({ outcome: 'timeout', ms: 2_000, logs: [] });
  });

  test.each([
    'const a = []; for (;;) a.push(new Array(10000).fill(1.5))',
    'const a = []; for (;;) a.push({})',
    'const a = []; for (let i = 0; ; i++) a.push("y".repeat(100000) + i)',
    'new ArrayBuffer(2e9)',
    'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))',
    'const m = new Map(); for (let i = 0; ; i++) m.set(i, "v" + i)',
  ])('memory: more than 64 MB is refused, as with %s', async (source) => {
    expect(await outcome(source, null, { timeMs: 20_000 })).toEqual({
      outcome: 'out-of-memory',
      bytes: 64 * 1024 * 1024,
      logs: [],
    });
  });

  test('memory: 30 MB are fine, and an input that does not fit is out of memory too', async () => {
    expect(await outcome('new Uint8Array(30e6).fill(1).length')).toMatchObject({
      outcome: 'ok',
      value: 30e6,
    });
    for (const size of [15e6, 25e6, 80e6])
      expect(await outcome('[...input].length', 'x'.repeat(size), { timeMs: 20_000 })).toMatchObject({
        outcome: 'out-of-memory',
      });
  });

  test.each([
    'const f = () => f() + 1; return f()',
    'const f = () => [1].map(f); return f()',
    'const a = {}; a.toString = () => "" + a; return "" + a',
    'const g = new Proxy({}, { get: (t, k, r) => r[k] }); return g.x',
    'return "a".replace(/a/, function f() { return "a".replace(/a/, f) })',
    'return eval("[".repeat(200000))',
    'return JSON.parse("[".repeat(1e6))',
  ])('depth: endless recursion is an error of the program, as with %s', async (source) => {
    expect(await outcome(source)).toMatchObject({
      outcome: 'threw',
      message: expect.stringContaining('stack overflow'),
    });
  });

  test('output: a value that is too large is refused with its size', async () => {
    const limit = 64 * 1024;
    expect(await outcome('"x".repeat(100000)')).toEqual({
      outcome: 'output-too-large',
      bytes: 100_002,
      limit,
      logs: [],
    });
    expect(await outcome('"é".repeat(40000)')).toMatchObject({ outcome: 'output-too-large', bytes: 80_002 });
    expect(await outcome('"x".repeat(5e6)')).toMatchObject({ outcome: 'output-too-large' });
    expect(await outcome('"x".repeat(65534)')).toMatchObject({ outcome: 'ok' });
  });

  test('promise: a promise that nothing settles fails at once', async () => {
    expect(await outcome('await new Promise(() => {})')).toMatchObject({
      outcome: 'threw',
      message: expect.stringContaining('nothing will settle'),
    });
  });
});

describe('a program that tries to leave the sandbox', () => {
  test('sandbox: a program sees nothing of the host', async () => {
    const names =
      'process require module fetch WebAssembly setTimeout setInterval std os Worker Buffer Atomics __dirname performance navigator window log scriptArgs'.split(
        ' ',
      );
    const ended = await outcome('input.filter((name) => (0, eval)("typeof " + name) !== "undefined")', names);
    expect(ended).toEqual({ outcome: 'ok', value: [], logs: [] });
  });

  test('sandbox: constructors and the log function lead back into the sandbox only', async () => {
    const source = [
      'const roots = [(() => {}).constructor, (async () => {}).constructor, console.log.constructor, input.constructor.constructor];',
      "const found = await Promise.all(roots.map((make) => make('return typeof process + typeof require + typeof globalThis.console')()));",
      'let caller; try { caller = console.log.caller } catch (error) { caller = error.name }',
      'return { found, caller: caller ?? null };',
    ].join('\n');
    expect(await outcome(source, {})).toMatchObject({
      outcome: 'ok',
      value: { found: Array.from({ length: 4 }, () => 'undefinedundefinedobject') },
    });
  });

  test.each(['await import("node:fs")', 'await import("./x.js")', 'await import("data:text/javascript,1")'])(
    'sandbox: nothing can be imported by %s',
    async (source) => {
      expect(await outcome(source)).toMatchObject({ outcome: 'threw' });
    },
  );

  test('sandbox: changed globals affect only the program that changed them', async () => {
    const source = [
      'Array.prototype.map = () => { throw new Error("bent") };',
      'Object.prototype.toJSON = () => 1; JSON.stringify = () => "bent"; String.prototype.slice = () => 5;',
      'globalThis.TypeError = undefined;',
      'throw new Error("x");',
    ].join('\n');
    expect((await outcome(source)).outcome).toBe('threw');
    expect(await outcome('[1].map((n) => n + 1)')).toMatchObject({ outcome: 'ok', value: [2] });
  });

  test('sandbox: a source that closes its wrapper does not leave the sandbox', async () => {
    expect(await outcome('}); (async function () { return typeof process')).toMatchObject({
      outcome: 'ok',
      value: 'undefined',
    });
    expect(await outcome('}); while (true) {} ({', null, SHORT)).toMatchObject({ outcome: 'timeout' });
  });
});

describe('many programs', () => {
  test('programs: the event loop keeps running while they compute, and each has its own result', async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    const bad = Array.from({ length: 4 }, () => outcome('for (;;);', null, SHORT));
    const good = Array.from({ length: 8 }, (_, at) => outcome('input * 2', at));
    const ended = await Promise.all([...bad, ...good]);
    clearInterval(ticking);
    expect(ended.slice(0, 4).map((each) => each.outcome)).toEqual(Array.from({ length: 4 }, () => 'timeout'));
    expect(ended.slice(4)).toEqual(
      Array.from({ length: 8 }, (_, at) => ({ outcome: 'ok', value: at * 2, logs: [] })),
    );
    expect(turns).toBeGreaterThan(20);
  });

  test('programs: an abort ends the running program and those in the queue', async () => {
    const control = new AbortController();
    const { signal } = control;
    const started = Array.from({ length: 6 }, () =>
      runProgram('for (;;);', null, { signal, timeMs: 60_000 }),
    );
    control.abort(new Error('cancelled'));
    const ended = await Promise.allSettled(started);
    expect(ended.map((each) => (each.status === 'rejected' ? String(each.reason) : each.status))).toEqual(
      Array.from({ length: 6 }, () => 'Error: cancelled'),
    );
    expect(await outcome('1')).toMatchObject({ outcome: 'ok' });
  });
});
