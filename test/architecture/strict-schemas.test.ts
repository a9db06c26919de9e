/**
 * The output schemas that Baton sends to models as strict. The same rules check every output schema of every
 * `withDesk` run.
 */
import { FailureReport, RecoveryDecision, WorkPlan } from '@batonhq/baton';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildJsonSchema } from '../../dist/src/activities/handoff/tool-specs.js';
import { Clarification } from '../../dist/src/activities/handoff/shapes.js';
import { addCoworkers } from '../../dist/src/workflows/shapes/crew/coworkers.js';
import { judgeOutput, listStrictProblems } from '../fixtures/strict-rules.js';

describe("strict schemas: what goes out as strict keeps OpenAI's rules", () => {
  const coworker = { kind: 'agent', name: 'ann' } as never;
  test.each([
    ['a recovery decision', buildJsonSchema(RecoveryDecision), false],
    ['a failure report', buildJsonSchema(FailureReport), false],
    ['a plan', buildJsonSchema(WorkPlan), true],
    ['answers to questions', buildJsonSchema(Clarification), true],
    ['an answer, or a coworker', addCoworkers(undefined, [coworker]), true],
    ['a property of any kind', buildJsonSchema(z.object({ a: z.unknown().describe('Anything.') })), false],
    ['items of any kind', buildJsonSchema(z.object({ a: z.array(z.any().describe('Any.')) })), false],
  ])('strict schemas: %s', (name, schema, strict) => {
    expect(judgeOutput({ name: name.replaceAll(' ', '_'), schema })).toEqual({ strict, problems: [] });
  });

  test('strict schemas: the rules find what breaks them', () => {
    const open = { type: 'object', properties: { a: {}, b: { type: 'array' } }, required: ['a'] };
    expect(listStrictProblems(open)).toEqual([
      'top is open',
      'top.b is not required',
      'top requires what it has not',
      'top.a has no type',
      'top.b has no items',
    ]);
  });
});
