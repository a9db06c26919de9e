import { describe, expect, test } from 'vitest';
import { findLost } from './lost-in-json.js';

describe('findLost', () => {
  test.each([
    [new Map([['a', 1]]), 'output is a Map'],
    [{ found: new Set([1]) }, 'output.found is a Set'],
    [{ pages: [{ got: new Response('x') }] }, 'output.pages[0].got is a Response'],
    [{ why: new Error('no') }, 'output.why is a Error'],
    [{ later: Promise.resolve(1) }, 'output.later is a Promise'],
    [{ total: 1n }, 'output.total is a bigint'],
    [{ bytes: new Uint8Array([1]) }, 'output.bytes is a Uint8Array'],
    [Object.assign(new Map(), { size2: 1 }), 'output is a Map'],
    [[() => 1], 'output[0] is a function'],
    [{ kind: Symbol('x') }, 'output.kind is a symbol'],
    [{ bytes: Buffer.from('x') }, 'output.bytes is a Buffer'],
    [{ bytes: new ArrayBuffer(1) }, 'output.bytes is a ArrayBuffer'],
    [{ got: { toJSON: () => new Map([['a', 1]]) } }, 'output.got is a Map'],
    [{ got: { toJSON: () => ({ total: 1n }) } }, 'output.got.total is a bigint'],
    [{ got: { toJSON: () => new Date(0) } }, 'output.got is a Date'],
    [{ at: new Date(Number.NaN) }, 'output.at is an invalid date'],
    [['a', undefined], 'output[1] is undefined'],
    [Object.assign([], { 1: 'a' }), 'output[0] is undefined'],
    [[{ toJSON: () => undefined }], 'output[0] is undefined'],
  ])('output: %o is refused by the name of its field', (output, problem) => {
    expect(findLost(output)).toBe(problem);
  });

  test('output: a value that refers to itself is refused', () => {
    const ring: Record<string, unknown> = {};
    ring['next'] = { back: ring };
    expect(findLost(ring)).toBe('output.next.back refers to itself');
  });

  test('output: JSON values pass, and an object that appears twice is not a circular reference', () => {
    const part = { at: new Date(0), of: null, none: undefined };
    class Row {
      readonly id = 1;
    }
    class Money {
      readonly #cents = 5;
      toJSON() {
        return { cents: this.#cents };
      }
    }
    class Self {
      readonly id = 1;
      toJSON() {
        return this;
      }
    }
    expect(
      findLost({ a: part, b: [part, part], row: new Row(), text: 'x', url: new URL('https://a.example') }),
    ).toBeUndefined();
    expect(
      findLost({ paid: new Money(), self: new Self(), none: { toJSON: () => undefined } }),
    ).toBeUndefined();
  });
});
