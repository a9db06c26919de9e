/** When a policy asks, and what cannot be declared. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalPolicy, findRequirementOn } from './policy.js';
import {
  isConditionMet,
  lowConfidence,
  recoveryExhausted,
  unansweredClarification,
  type ActionFacts,
} from './policy-condition.js';
import { tool } from './tool.js';

const ACTION: ActionFacts = { agent: 'ann', tool: 'tag', effect: 'idempotent', risk: 'high', args: {} };

describe('P1 lowConfidence', () => {
  test('applies: below the threshold, and when the confidence is missing', () => {
    const when = lowConfidence({ below: 0.7 });
    expect([0.69, 0.7, 1].map((confidence) => isConditionMet(when, { ...ACTION, confidence }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(isConditionMet(when, ACTION)).toBe(true);
    expect(isConditionMet(when, { ...ACTION, confidence: NaN })).toBe(true);
  });

  test('applies: only to tools of the risks that are named', () => {
    const when = lowConfidence({ below: 1, risk: ['medium', 'high'] });
    expect(isConditionMet(when, ACTION)).toBe(true);
    expect(isConditionMet(when, { ...ACTION, risk: 'low' })).toBe(false);
  });

  test.each([0, 1.1, NaN])('lowConfidence: BAD_DEFINITION for the threshold %d', (below) => {
    expect(() => lowConfidence({ below })).toThrow(/above 0 and at most 1/);
  });
});

describe('P1 a tool’s risk', () => {
  const spec = { name: 'tag', description: 'Tags.', input: z.object({}) };

  test('tool: high when it is irreversible, else low, unless the tool declares it', () => {
    expect(tool({ ...spec, effect: 'irreversible' }).risk).toBe('high');
    expect(tool({ ...spec, effect: 'idempotent' }).risk).toBe('low');
    expect(tool({ ...spec, risk: 'medium' }).risk).toBe('medium');
  });

  test('tool: BAD_DEFINITION for a property by which agents say how sure they are', () => {
    const input = z.object({ baton_confidence: z.number() });
    expect(() => tool({ ...spec, input })).toThrow(/baton_confidence is Baton's own/);
  });
});

describe('P1 policies of a run that is stuck', () => {
  const exhausted = approvalPolicy({ name: 'on-call', when: recoveryExhausted(), roles: ['ops'], quorum: 2 });
  const unanswered = approvalPolicy({ name: 'experts', when: unansweredClarification(), deadline: '1 day' });

  test('requirementOn: each has its own, and neither is about actions', () => {
    const policies = [exhausted, unanswered];
    expect(findRequirementOn(policies, 'recovery-exhausted')?.needs).toMatchObject({ policy: 'on-call' });
    expect(findRequirementOn(policies, 'clarification')).toMatchObject({
      needs: { policy: 'experts' },
      waits: { deadlineMs: 86_400_000 },
    });
    expect(findRequirementOn([], 'clarification')).toBeUndefined();
    expect(policies.some(({ when }) => isConditionMet(when, ACTION))).toBe(false);
  });

  test('approvalPolicy: BAD_DEFINITION for tools where it does not ask about actions', () => {
    const tools = [tool({ name: 'tag', description: 'Tags.', input: z.object({}) })];
    expect(() => approvalPolicy({ name: 'odd', when: recoveryExhausted(), tools })).toThrow(
      /tools, options and onExpiry say nothing/,
    );
  });
});
