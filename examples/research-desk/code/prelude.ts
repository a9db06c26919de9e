/**
 * JavaScript that runs inside the sandbox before the program: `console`, and the two functions that convert
 * the program's result to text. It contains no secret and no permission, so a program that changes it harms
 * only itself. The code outside trusts none of its answers.
 */
export const LOG_CHARACTERS = 2_000;

export const PRELUDE = `(function (log) {
  'use strict';
  const { stringify } = JSON;
  const plain = (value) => {
    if (typeof value === 'string') return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const cut = (text, max) => (text.length <= max ? text : text.slice(0, max).replace(/[\\uD800-\\uDBFF]$/, ''));
  const write = (...values) => log(cut(values.map(plain).join(' '), ${LOG_CHARACTERS}));
  globalThis.console = Object.freeze({ log: write, info: write, warn: write, error: write, debug: write });

  const nameOf = (value) => {
    if (typeof value === 'function') return 'a function';
    if (typeof value === 'symbol') return 'a symbol';
    if (typeof value === 'bigint') return 'a BigInt; use Number(value) or String(value)';
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (value instanceof Map) return 'a Map; use Object.fromEntries(map)';
    if (value instanceof Set) return 'a Set; use [...set]';
    if (value instanceof Promise) return 'a promise; await it';
    if (value instanceof WeakMap || value instanceof WeakSet || value instanceof RegExp || value instanceof Error)
      return 'of the class ' + value.constructor.name;
    return undefined;
  };
  const toJson = (result) => {
    if (result === undefined)
      throw new TypeError('The program returned nothing: end it with "return value;".');
    return stringify(result, function (key, value) {
      const name = nameOf(value);
      if (name === undefined) return value;
      throw new TypeError('The result is not JSON: ' + (key === '' ? 'it' : 'its "' + key + '"') + ' is ' + name + '.');
    });
  };

  const explain = (thrown) => {
    if (!(thrown instanceof Error)) return stringify({ message: 'Thrown: ' + cut(plain(thrown), 1000), stack: '' });
    return stringify({
      name: cut(String(thrown.name), 100),
      message: cut(String(thrown.message), 1000),
      stack: cut(String(thrown.stack), 4000),
      line: typeof thrown.lineNumber === 'number' ? thrown.lineNumber : undefined,
    });
  };
  return { toJson, explain };
})`;
