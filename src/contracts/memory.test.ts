/** Namespaces of the shared memory, and the references that a handoff carries. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from './agent.js';
import { BatonError } from './errors.js';
import { memory } from './memory.js';
import { pinnedFor, referenceName, travelling, withReferences } from './memory-reference.js';
import { tool } from './tool.js';

const notes = memory({ name: 'notes', description: 'What was found.', schema: z.string() });
const at = (namespace: string, key: string, version: number) => ({ namespace, key, version });

describe('memory', () => {
  test('memory: gives an agent its three tools, beside the agent’s own', () => {
    const look = tool({ name: 'look', description: 'Looks.', input: z.object({}) });
    const ann = agent({ name: 'ann', goal: 'Go.', tools: [look], memory: [notes] });
    expect(ann.tools.map(({ name, effect }) => [name, effect])).toEqual([
      ['look', 'read'],
      ['remember_notes', 'idempotent'],
      ['recall_notes', 'read'],
      ['list_notes', 'read'],
    ]);
    expect(ann.memory).toEqual([notes]);
  });

  test('remember: its value is of the namespace’s schema, and what version was seen must be said', () => {
    const fits = (args: unknown) => notes.remember.input.safeParse(args).success;
    expect(fits({ key: 'a', value: 'text', expectedVersion: null })).toBe(true);
    expect(fits({ key: 'a', value: 'text', expectedVersion: 3 })).toBe(true);
    expect(fits({ key: 'a', value: 'text' })).toBe(false);
    expect(fits({ key: 'a', value: 7, expectedVersion: null })).toBe(false);
    expect(fits({ key: 'a', value: 'text', expectedVersion: -1 })).toBe(false);
  });

  test.each(['', '@', 'a@1', 'with space', '/a', 'x'.repeat(101), 'ü'])('keys: %j is none', (key) => {
    expect(notes.recall.input.safeParse({ key }).success).toBe(false);
  });

  test.each(['status', 'order/4711', 'A.b_c:d-e', '7', 'x'.repeat(100)])('keys: %j is one', (key) => {
    expect(notes.recall.input.safeParse({ key }).success).toBe(true);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a name that is none',
      () => memory({ name: 'no good', description: 'd', schema: z.string() }),
      '"no good"',
    ],
    [
      'a name whose tools would have none',
      () => memory({ name: 'n'.repeat(56), description: 'd', schema: z.string() }),
      'has 56 characters',
    ],
    [
      'a value that changes on the way',
      () => memory({ name: 'm', description: 'd', schema: z.object({ at: z.date() }) }),
      'memory m, schema: the schema holds a date at at',
    ],
    [
      'a value that may be nothing',
      () => memory({ name: 'm', description: 'd', schema: z.union([z.string().optional(), z.int()]) }),
      'Use nullable',
    ],
    [
      'an agent with one namespace twice',
      () => agent({ name: 'a', goal: 'g', memory: [notes, notes] }),
      'two tools are named remember_notes',
    ],
  ])('BAD_DEFINITION: %s', (_what, define, message) => {
    expect(define).toThrow(BatonError);
    expect(define).toThrow(message);
  });
});

describe('H3 references', () => {
  test('a reference is written with its version', () => {
    expect(referenceName(at('case', 'order/4711', 3))).toBe('case/order/4711@3');
  });

  test('withReferences: of each key the newest version that was seen', () => {
    const known = [at('case', 'status', 3), at('case', 'order', 1)];
    expect(
      withReferences(known, [at('case', 'status', 2), at('case', 'order', 2), at('x', 'status', 1)]),
    ).toEqual([at('case', 'status', 3), at('case', 'order', 2), at('x', 'status', 1)]);
    expect(withReferences(known, [])).toBe(known);
  });

  test('travelling: only the namespaces that the contract names', () => {
    const known = [at('case', 'status', 3), at('private', 'status', 1)];
    expect(travelling(known, ['case'])).toEqual([at('case', 'status', 3)]);
    expect(travelling(known, [])).toEqual([]);
  });

  test('pinnedFor: what was handed stays as it was handed, until its receiver has seen a newer one itself', () => {
    const handed = [at('case', 'status', 3), at('notes', 'a', 1)];
    const call = (tool: string, seen: ReturnType<typeof at>[]) =>
      pinnedFor(tool, handed, withReferences(handed, seen));
    expect(call('recall_case', [])).toEqual([at('case', 'status', 3)]);
    expect(call('recall_case', [at('case', 'status', 5)])).toEqual([at('case', 'status', 5)]);
    expect(call('recall_case', [at('case', 'status', 1)])).toEqual([at('case', 'status', 3)]);
    // What it found by itself it reads anew each time.
    expect(call('recall_case', [at('case', 'order', 1)])).toEqual([at('case', 'status', 3)]);
    expect(call('list_notes', [])).toEqual([at('notes', 'a', 1)]);
    expect(call('look', [])).toEqual([]);
  });
});
