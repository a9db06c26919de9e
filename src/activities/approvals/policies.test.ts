/** The policies that apply on a worker that serves several teams. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalPolicy } from '../../contracts/definitions/policy.js';
import {
  compliance,
  irreversible,
  lowConfidence,
  type ActionFacts,
} from '../../contracts/definitions/policy-condition.js';
import { tool } from '../../contracts/definitions/tool.js';
import {
  findAskingPolicies,
  findDemands,
  isProven,
  weighRequirements,
  type WorkerPolicies,
} from './policies.js';

const pay = tool({ name: 'pay', description: 'Pays.', input: z.object({}), effect: 'irreversible' });
const lax = approvalPolicy({ name: 'lax', when: irreversible() });
const strict = approvalPolicy({ name: 'strict', when: irreversible(), roles: ['finance'], quorum: 2 });
const ACTION: ActionFacts = { agent: 'clerk', tool: 'pay', effect: 'irreversible', risk: 'high', args: {} };

function serving(...teams: WorkerPolicies['teams']): WorkerPolicies {
  return { own: [], teams };
}

const LAX = { team: 'front', policies: [lax], tools: ['pay'] };
const STRICT = { team: 'back', policies: [strict], tools: ['pay'] };

describe('P1 policies by team', () => {
  test('findDemands: the strictest of every team that has the tool, in either order', () => {
    expect(findDemands(serving(LAX, STRICT), ACTION)?.needs.policy).toBe('strict');
    expect(findDemands(serving(STRICT, LAX), ACTION)?.needs.policy).toBe('strict');
  });

  test('findDemands: the policies of a team without the tool do not apply', () => {
    expect(findDemands(serving(LAX, { ...STRICT, tools: ['other'] }), ACTION)?.needs.policy).toBe('lax');
  });

  test('findDemands: a team has the tools that its policies name, though no agent of it has them', () => {
    const named = approvalPolicy({ name: 'named', when: irreversible(), tools: [pay], quorum: 3 });
    const board = { team: 'board', policies: [named], tools: [] };
    expect(findDemands(serving(LAX, board), ACTION)?.needs.policy).toBe('named');
  });

  test('findDemands: a tool that no team is known to have is everybody’s', () => {
    const teams = [LAX, STRICT].map((team) => ({ ...team, tools: [] }));
    expect(findDemands(serving(...teams), ACTION)?.needs.policy).toBe('strict');
  });

  test('findDemands: an irreversible action needs a person on a worker without any policy', () => {
    expect(findDemands(serving(), ACTION)?.needs.quorum).toBe(1);
    expect(findDemands(serving(), { ...ACTION, effect: 'idempotent' })).toBeUndefined();
  });

  test('findDemands: the configuration’s own policy counts alone where it applies, and the teams’ where it does not', () => {
    const own = [approvalPolicy({ name: 'own', when: compliance(({ agent }) => agent === 'clerk') })];
    expect(findDemands({ own, teams: [STRICT] }, ACTION)?.needs.policy).toBe('own');
    expect(findDemands({ own, teams: [STRICT] }, { ...ACTION, agent: 'x' })?.needs.policy).toBe('strict');
  });

  test('askedBy: a run of a team is asked about by that team’s policies, and one of no known team by the strictest', () => {
    expect(findAskingPolicies(serving(STRICT, LAX), ACTION, 'front')?.needs.policy).toBe('lax');
    expect(findAskingPolicies(serving(STRICT, LAX), ACTION, 'back')?.needs.policy).toBe('strict');
    expect(findAskingPolicies(serving(LAX, STRICT), ACTION, 'elsewhere')?.needs.policy).toBe('strict');
    expect(findAskingPolicies(serving(LAX, STRICT), ACTION, undefined)?.needs.policy).toBe('strict');
  });

  test('isProven: a confidence from a workflow never satisfies a policy, unless the policy trusts the run', () => {
    const sure = { ...ACTION, effect: 'idempotent' as const, confidence: 1 };
    const unsure = approvalPolicy({ name: 'unsure', when: lowConfidence({ below: 0.5 }) });
    const trusting = approvalPolicy({
      name: 'trusting',
      when: lowConfidence({ below: 0.5, trustRun: true }),
    });
    const by = (...policies: WorkerPolicies['own']) => isProven(serving({ ...LAX, policies }));
    expect(findDemands(serving({ ...LAX, policies: [unsure] }), sure)).toBeUndefined();
    expect(findDemands(by(unsure), sure)?.needs.policy).toBe('unsure');
    expect(findDemands(by(trusting), sure)).toBeUndefined();
    expect(
      findDemands({ ...by(), own: isProven({ own: [unsure], teams: [] }).own }, sure)?.needs.policy,
    ).toBe('unsure');
  });

  test('weighRequirements: an agent is asked how sure it is by its own team’s policies and the configuration’s, not by others’', () => {
    const unsure = approvalPolicy({ name: 'unsure', when: lowConfidence({ below: 0.5, risk: ['high'] }) });
    const policies = serving(LAX, { ...STRICT, policies: [unsure] });
    expect(weighRequirements(policies, pay, 'back')).toBe(true);
    expect(weighRequirements(policies, pay, 'front')).toBe(false);
    expect(weighRequirements(policies, pay, undefined)).toBe(false);
    expect(weighRequirements({ ...policies, own: [unsure] }, pay, 'front')).toBe(true);
    expect(weighRequirements(policies, { ...pay, risk: 'low' }, 'back')).toBe(false);
  });

  test.each(['1e999', '"Infinity"', '-1', '[1]'])(
    'isProven: a malformed confidence does not count as proven when the wire says %s',
    (wire) => {
      const unsure = approvalPolicy({ name: 'unsure', when: lowConfidence({ below: 0.5 }) });
      const confidence: unknown = JSON.parse(wire);
      const said = { ...ACTION, effect: 'idempotent' as const, confidence: confidence as number };
      expect(findDemands(isProven(serving({ ...LAX, policies: [unsure] })), said)?.needs.policy).toBe(
        'unsure',
      );
    },
  );
});
