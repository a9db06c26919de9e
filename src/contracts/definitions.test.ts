import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent, type AgentDefinition } from './definitions/agent.js';
import { canonicalJson, digest } from './data/canonical-json.js';
import { contract } from './definitions/contract.js';
import { BatonError } from './errors.js';
import { toMilliseconds } from './data/duration.js';
import type { JsonInput } from './data/json.js';
import { computePermissions } from './definitions/permission.js';
import { team } from './definitions/team.js';
import { tool } from './definitions/tool.js';

const read = tool({ name: 'read', description: 'Reads.', input: z.object({ file: z.string() }) });
const ann = agent({ name: 'ann', goal: 'Go.' });
const bob = agent({ name: 'bob', goal: 'Go.' });
const cleo = agent({ name: 'cleo', goal: 'Pay.', permissions: ['payments'] });
const payload = z.object({ task: z.string() });
type Plain = AgentDefinition<string, JsonInput, string>;
const between = (from: Plain, to: Plain, limit?: number) =>
  contract({
    name: `${from.name}-to-${to.name}`,
    version: 1,
    from,
    to,
    payload,
    ...(limit === undefined ? {} : { limit }),
  });
const pay = tool({ name: 'pay', description: 'Pays.', input: z.object({}), permission: 'payments' });

describe('definitions', () => {
  test.each<[string, () => unknown, string]>([
    ['an agent without a proper name', () => agent({ name: 'no good', goal: 'g' }), '"no good"'],
    [
      'an agent with two tools of one name',
      () => agent({ name: 'a', goal: 'g', tools: [read, read] }),
      'two tools are named read',
    ],
    ['an agent without turns', () => agent({ name: 'a', goal: 'g', maxTurns: 0 }), 'maxTurns is 0'],
    [
      'a date on the wire',
      () => agent({ name: 'a', goal: 'g', input: z.object({ at: z.object({ when: z.date() }) }) }),
      'agent a, input: the schema holds a date at at.when',
    ],
    [
      'a type in place of a schema',
      () => agent({ name: 'a', goal: 'g', input: { order: z.string() } as never }),
      'agent a, input: that is not a schema. Write it with zod, as z.object({ … })',
    ],
    [
      'a transform',
      () => agent({ name: 'a', goal: 'g', output: z.object({ n: z.string().transform(Number) }) }),
      'output: the schema holds a',
    ],
    [
      'a default',
      () => tool({ name: 't', description: 'd', input: z.object({ n: z.number().default(3) }) }),
      'holds a default at n',
    ],
    [
      'a tuple in what a model writes',
      () => tool({ name: 't', description: 'd', input: z.object({ at: z.array(z.tuple([z.string()])) }) }),
      'tool t, input: the schema holds a tuple at at.[], and providers take none',
    ],
    [
      'a tuple in what an agent gives',
      () => agent({ name: 'a', goal: 'g', output: z.tuple([z.string()]) }),
      'agent a, output: the schema holds a tuple at its top',
    ],
    [
      'a description that providers refuse',
      () => tool({ name: 't', description: 'd'.repeat(1_025), input: z.object({}) }),
      'tool t: the description of the tool t has 1025 characters, and providers take 1024',
    ],
    [
      'a handoff to a name that makes its tool too long',
      () =>
        contract({
          name: 'c',
          version: 1,
          from: ann,
          to: agent({ name: 'b'.repeat(53), goal: 'g', input: payload }),
          payload,
        }),
      'has a name of 65 characters, and providers take 64. Shorten it by 1',
    ],
    [
      'a handoff whose description providers refuse',
      () => contract({ name: 'c', version: 1, from: ann, to: bob, payload, when: 'w'.repeat(1_024) }),
      'contract c: the description of the tool transfer_to_bob has',
    ],
    [
      'a tool by a name of Baton’s own',
      () => tool({ name: 'transfer_to_beta', description: 'd', input: z.object({}) }),
      "tool transfer_to_beta: the name is Baton's own",
    ],
    [
      'a tool whose input is not an object',
      () => tool({ name: 't', description: 'd', input: z.string() }),
      'must be an object',
    ],
    [
      'a contract of version 0',
      () => contract({ name: 'c', version: 0, from: ann, to: bob, payload }),
      'version is 0',
    ],
    [
      'a contract with oneself',
      () => contract({ name: 'c', version: 1, from: ann, to: ann, payload }),
      'hand off to itself',
    ],
    [
      'a team with two of one name',
      () => team({ name: 't', agents: [ann, agent({ name: 'ann', goal: 'x' })] }),
      'two agents are named ann',
    ],
    [
      'a contract with a stranger',
      () =>
        team({
          name: 't',
          agents: [ann],
          contracts: [contract({ name: 'c', version: 1, from: ann, to: bob, payload })],
        }),
      'contract c names bob, who is not on the team',
    ],
    [
      'two contracts for one transition',
      () =>
        team({
          name: 't',
          agents: [ann, bob],
          contracts: [
            contract({ name: 'c', version: 1, from: ann, to: bob, payload }),
            contract({ name: 'd', version: 1, from: ann, to: bob, payload }),
          ],
        }),
      'contracts c and d both govern ann → bob',
    ],
    [
      'a circle of contracts without a limit',
      () =>
        team({
          name: 't',
          agents: [ann, bob, cleo],
          contracts: [between(ann, bob), between(bob, cleo), between(cleo, ann), between(ann, cleo, 2)],
        }),
      'team t: a task could go round ann → bob → cleo → ann for ever. Give one of the contracts ann-to-bob, bob-to-cleo, cleo-to-ann a limit',
    ],
    [
      'a limit below 1',
      () => contract({ name: 'c', version: 1, from: ann, to: bob, payload, limit: 0 }),
      'contract c: limit is 0, and must be a whole number',
    ],
    [
      'an agent whose tools exceed its permissions',
      () => agent({ name: 'a', goal: 'g', tools: [read, pay], permissions: ['mail'] }),
      'agent a: its tool pay needs the permission payments, which the agent does not declare',
    ],
    [
      'a permission without a proper name',
      () => agent({ name: 'a', goal: 'g', permissions: ['all of them'] }),
      'agent a: permission "all of them"',
    ],
    [
      'a permission that is named twice',
      () => agent({ name: 'a', goal: 'g', permissions: ['mail', 'mail'] }),
      'agent a: permissions names mail twice',
    ],
    [
      'a contract that grants what its receiver does not hold',
      () => contract({ name: 'c', version: 1, from: cleo, to: bob, payload, grants: ['payments'] }),
      'contract c: it grants payments, which bob does not hold',
    ],
    [
      'a privilege trigger without grants',
      () => contract({ name: 'c', version: 1, from: ann, to: bob, payload, trigger: 'privilege' as never }),
      'contract c: the trigger privilege cannot be declared. It follows from what the contract grants, and this one grants nothing',
    ],
    [
      'a trigger that only the runtime gives',
      () =>
        contract({ name: 'c', version: 1, from: ann, to: bob, payload, trigger: 'error-recovery' as never }),
      'contract c: the trigger error-recovery cannot be declared. The runtime sets it',
    ],
    [
      'a negative budget',
      () => contract({ name: 'c', version: 1, from: ann, to: bob, payload, budget: { tokens: -1 } }),
      'contract c: budget.tokens is -1, and must be a whole number of at least 1',
    ],
    [
      'a budget in parts of a unit',
      () => contract({ name: 'c', version: 1, from: ann, to: bob, payload, budget: { cost: 0.25 } }),
      'contract c: budget.cost is 0.25, and must be a whole number of at least 1 (micro-units',
    ],
    [
      'a time that is none',
      () =>
        contract({
          name: 'c',
          version: 1,
          from: ann,
          to: bob,
          payload,
          budget: { wallTime: 'soon' as never },
        }),
      'contract c: budget.wallTime is "soon", and must be a duration',
    ],
  ])('BAD_DEFINITION: %s is refused where it is written, with the names', (_what, define, message) => {
    expect(define).toThrow(BatonError);
    expect(define).toThrow(message);
  });

  test('circles: one whose contracts have a limit among them is allowed', () => {
    const circle = team({
      name: 't',
      agents: [ann, bob, cleo],
      contracts: [between(ann, bob), between(bob, ann, 3), between(bob, cleo), between(cleo, ann, 1)],
    });
    expect(circle.contracts).toHaveLength(4);
  });

  test('permissions: those that both hold and those that are granted, in one order', () => {
    const holds = agent({ name: 'a', goal: 'g', permissions: ['payments', 'mail', 'keys'] });
    expect(computePermissions(['mail', 'admin'], holds)).toEqual(['mail']);
    expect(computePermissions(['mail'], holds, ['payments'])).toEqual(['mail', 'payments']);
    expect(computePermissions([], holds)).toEqual([]);
  });

  test.each([
    ['90s', 90_000],
    ['1.5 hours', 5_400_000],
    ['2 weeks', 1_209_600_000],
    ['1 day', 86_400_000],
    ['15 minutes', 900_000],
    ['250ms', 250],
    [1234, 1234],
    ['soon', undefined],
    ['5 fortnights', undefined],
    [Number.NaN, undefined],
  ] as const)('durations: %s is %s milliseconds', (duration, expected) => {
    expect(toMilliseconds(duration as never)).toBe(expected);
  });

  test('wire schemas: plain JSON kinds pass, recursive ones too', () => {
    const Tree: z.ZodType<{ name: string; kids: unknown[] }> = z.lazy(() =>
      z.object({ name: z.string(), kids: z.array(Tree) }),
    );
    const rich = z.object({
      kind: z.enum(['a', 'b']),
      id: z.uuid(),
      tags: z.record(z.string(), z.union([z.string(), z.number().nullable()])),
      pair: z.tuple([z.literal(1), z.boolean()]),
      tree: Tree.optional(),
      any: z.unknown(),
    });
    expect(agent({ name: 'a', goal: 'g', input: rich, output: rich.omit({ pair: true }) }).input).toBe(rich);
  });
});

describe('canonical JSON', () => {
  test('digest: the order of keys does not matter, any other difference does', () => {
    expect(canonicalJson({ b: [1, 'ü'], a: { d: null, c: 1e21 } })).toBe(
      '{"a":{"c":1e+21,"d":null},"b":[1,"ü"]}',
    );
    expect(digest({ a: 1, b: 2 })).toBe(digest({ b: 2, a: 1 }));
    expect(digest({ a: 1 })).not.toBe(digest({ a: 2 }));
    // Anyone can check this with sha256sum over the canonical text.
    expect(digest({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});
