import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from './agent.js';
import { canonicalJson, digest } from './canonical-json.js';
import { contract } from './contract.js';
import { BatonError } from './errors.js';
import { team } from './team.js';
import { tool } from './tool.js';

const read = tool({ name: 'read', description: 'Reads.', input: z.object({ file: z.string() }) });
const ann = agent({ name: 'ann', goal: 'Go.' });
const bob = agent({ name: 'bob', goal: 'Go.' });
const payload = z.object({ task: z.string() });

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
      'a tool whose input is no object',
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
      'hand over to itself',
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
  ])('BAD_DEFINITION: %s is refused where it is written, with the names', (_what, define, message) => {
    expect(define).toThrow(BatonError);
    expect(define).toThrow(message);
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
    expect(agent({ name: 'a', goal: 'g', input: rich, output: rich }).input).toBe(rich);
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
