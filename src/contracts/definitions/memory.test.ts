/** Namespaces of the shared memory, and the references that a handoff carries. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from './agent.js';
import { BatonError } from '../errors.js';
import { contract } from './contract.js';
import { human } from './human.js';
import { memory } from './memory.js';
import {
  selectPinned,
  formatReference,
  selectTravelling,
  withReferences,
} from '../handoff/memory-reference.js';
import { tool } from './tool.js';

const notes = memory({ name: 'notes', description: 'What was found.', schema: z.string() });
const ann = agent({ name: 'ann', goal: 'Go.', memory: [notes] });
const bob = agent({ name: 'bob', goal: 'Go.' });
const carl = agent({ name: 'carl', goal: 'Go.', memory: [notes] });
const clerk = human({ name: 'clerk', roles: ['desk'] });
const transition = { name: 'c', version: 1, payload: z.object({ task: z.string() }) };
const at = (namespace: string, key: string, version: number) => ({ namespace, key, version });

describe('memory', () => {
  test('memory: gives an agent three tools in addition to its own', () => {
    const look = tool({ name: 'look', description: 'Looks.', input: z.object({}) });
    const looker = agent({ name: 'looker', goal: 'Go.', tools: [look], memory: [notes] });
    expect(looker.tools.map(({ name, effect }) => [name, effect])).toEqual([
      ['look', 'read'],
      ['remember_notes', 'idempotent'],
      ['recall_notes', 'read'],
      ['list_notes', 'read'],
    ]);
    expect(looker.memory).toEqual([notes]);
  });

  test('remember: the value has the namespace’s schema, and the expected version is required', () => {
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
      'a name too long for the names of its tools',
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
      'a contract whose receiver cannot read what it hands off',
      () => contract({ ...transition, from: ann, to: bob, memory: [notes] }),
      'it hands off the memory notes, which bob does not have. Add it to the memory of agent bob',
    ],
    [
      'a contract whose sender cannot know what it hands off',
      () => contract({ ...transition, from: bob, to: ann, memory: [notes] }),
      'which bob does not have',
    ],
    [
      'a contract by which a person would be handed references',
      () => contract({ ...transition, from: ann, to: clerk, memory: [notes] }),
      'A person has no tools to read it',
    ],
    [
      'a contract with one namespace twice',
      () => contract({ ...transition, from: ann, to: carl, memory: [notes, notes] }),
      'memory names notes twice',
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
    expect(formatReference(at('case', 'order/4711', 3))).toBe('case/order/4711@3');
  });

  test('withReferences: of each key the newest version that was seen', () => {
    const known = [at('case', 'status', 3), at('case', 'order', 1)];
    expect(
      withReferences(known, [at('case', 'status', 2), at('case', 'order', 2), at('x', 'status', 1)]),
    ).toEqual([at('case', 'order', 2), at('case', 'status', 3), at('x', 'status', 1)]);
    expect(withReferences(known, [])).toBe(known);
  });

  test('contract: names the namespaces whose references travel; by default none do', () => {
    expect(contract({ ...transition, from: ann, to: carl, memory: [notes] }).memory).toEqual(['notes']);
    expect(contract({ ...transition, from: ann, to: carl }).memory).toEqual([]);
  });

  test('travelling: only the namespaces that the contract names', () => {
    const known = [at('case', 'status', 3), at('private', 'status', 1)];
    expect(selectTravelling(known, ['case'])).toEqual([at('case', 'status', 3)]);
    expect(selectTravelling(known, [])).toEqual([]);
  });

  test('pinnedFor: a handed entry stays pinned until its receiver has seen a newer one itself', () => {
    const handed = [at('case', 'status', 3), at('notes', 'a', 1)];
    const call = (tool: string, seen: ReturnType<typeof at>[]) =>
      selectPinned(tool, { handed, known: withReferences(handed, seen) });
    expect(call('recall_case', [])).toEqual([at('case', 'status', 3)]);
    expect(call('recall_case', [at('case', 'status', 5)])).toEqual([at('case', 'status', 5)]);
    expect(call('recall_case', [at('case', 'status', 1)])).toEqual([at('case', 'status', 3)]);
    // A key that it found itself is not pinned: it reads the newest version each time.
    expect(call('recall_case', [at('case', 'order', 1)])).toEqual([at('case', 'status', 3)]);
    expect(call('list_notes', [])).toEqual([at('notes', 'a', 1)]);
    expect(call('look', [])).toEqual([]);
  });
});
