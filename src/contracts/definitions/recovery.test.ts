import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent, type RecoveryAgent } from './agent.js';
import { FailureReport, RecoveryDecision } from '../handoff/failure-report.js';
import { human } from './human.js';
import { isRecoverable, findRecovery } from './recovery.js';
import { team } from './team.js';

const Case = z.object({ order: z.string() });
const ann = agent({ name: 'ann', goal: 'g', input: Case });
const bob = agent({ name: 'bob', goal: 'g', input: Case });
const cat = agent({ name: 'cat', goal: 'g', input: Case });
const odd = agent({ name: 'odd', goal: 'g', input: z.object({ text: z.string() }) });
const boss = human({ name: 'boss', roles: ['lead'], input: Case });
const medic: RecoveryAgent = agent({
  name: 'medic',
  goal: 'Mend.',
  input: FailureReport,
  output: RecoveryDecision,
});

describe('recovery: refused declarations', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a stranger',
      () => team({ name: 't', agents: [ann], recovery: { alternatives: { zoe: ann } } }),
      'names zoe, who is not on the team',
    ],
    [
      'an alternative who is a stranger',
      () => team({ name: 't', agents: [ann], recovery: { alternatives: { ann: bob } } }),
      'gives ann the alternative bob, who is not on the team',
    ],
    [
      'an alternative that takes something else',
      () => team({ name: 't', agents: [ann, odd], recovery: { alternatives: { ann: odd } } }),
      'odd, which does not take the same input',
    ],
    [
      'a circle',
      () =>
        team({
          name: 't',
          agents: [ann, bob, cat],
          recovery: { alternatives: { ann: bob, bob: cat, cat: bob } },
        }),
      'in a circle: bob → cat → bob',
    ],
    [
      'a circle through what an agent declares itself',
      () => {
        const dan = agent({ name: 'dan', goal: 'g', input: Case, recovery: { alternative: ann } });
        return team({ name: 't', agents: [ann, dan], recovery: { alternatives: { ann: dan } } });
      },
      'in a circle: ann → dan → ann',
    ],
    [
      'an agent’s own alternative that takes something else, where there is no team',
      () => agent({ name: 'lone', goal: 'g', input: Case, recovery: { alternative: odd } }),
      'agent lone: its alternative odd does not take the same input',
    ],
    [
      'a deadline that is none',
      () => team({ name: 't', agents: [ann], recovery: { person: { deadline: 0 } } }),
      'team t, recovery.person, deadline is 0',
    ],
    [
      'a declared end that does not fit the output',
      () =>
        agent({
          name: 'a',
          goal: 'g',
          output: z.object({ n: z.number() }),
          // Plain JavaScript can say this.
          recovery: { end: { output: { n: 'none' } as unknown as { n: number } } },
        }),
      'agent a: recovery.end.output does not fit its output. n: ',
    ],
  ])('recovery: %s is refused with the names', (_what, define, message) => {
    expect(define).toThrow(message);
  });
});

describe('recovery: which declaration applies', () => {
  test('recovery: an agent is asked part by part before its team', () => {
    const own = agent({
      name: 'own',
      goal: 'g',
      input: Case,
      recovery: { alternative: bob, person: false, end: { output: 'nobody knows' } },
    });
    const policy = { alternatives: { own: ann, ann: boss }, agent: medic, person: true };
    expect(findRecovery(policy, own)).toEqual({
      alternative: bob,
      agent: medic,
      end: { output: 'nobody knows' },
    });
    expect(findRecovery(policy, ann)).toEqual({ alternative: boss, agent: medic, person: {}, end: 'fail' });
    expect(findRecovery(policy, bob)).toEqual({ agent: medic, person: {}, end: 'fail' });
  });

  test('recovery: none applies when nothing is declared, or when the agent declares none', () => {
    const bare = agent({ name: 'bare', goal: 'g', recovery: 'none' });
    expect(findRecovery(undefined, ann)).toBeUndefined();
    expect(findRecovery({ person: true }, bare)).toBeUndefined();
  });

  test('recovery: a rejection, an abort and an exhausted budget do not start recovery', () => {
    expect((['REJECTED', 'ABORTED', 'CANCELLED', 'STEP_BUDGET'] as const).filter(isRecoverable)).toEqual([]);
    expect((['MODEL_REFUSED', 'OUTPUT_INVALID', 'STEP_FAILED'] as const).every(isRecoverable)).toBe(true);
  });
});
