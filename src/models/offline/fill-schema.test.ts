import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../../contracts/data/json.js';
import type { ModelRequest } from '../model/model.js';
import { fillSchema } from './fill-schema.js';
import { readMaterial } from './material.js';

function fill(schema: z.ZodType, input: Json): unknown {
  const request: ModelRequest = { agent: 'clerk', system: '', messages: [], tools: [], input };
  return fillSchema(z.toJSONSchema(schema) as Json, request, readMaterial(request));
}

const CASE = {
  question: 'Should order 4711 be refunded?',
  orderId: '4711',
  customer: { email: 'ada@example.com' },
  letter:
    'The parcel was damaged on arrival. I want a refund of 40 euros. My delivery took 12 days. ' +
    'Call the delivery service about billing. The neighbours are well. It rains here.',
};

describe('fillSchema', () => {
  interface Tree {
    name: string;
    children: Tree[];
    next: Tree | null;
  }
  const tree: z.ZodType<Tree> = z.lazy(() =>
    z.object({ name: z.string(), children: z.array(tree), next: tree.nullable() }),
  );

  it.each([
    ['text', z.string()],
    [
      'numbers with bounds',
      z.object({
        a: z.number().min(3).max(9),
        b: z.int().positive(),
        c: z.number().gt(1).lt(2),
        d: z.int().multipleOf(5).min(7),
        e: z.number().max(-2),
        f: z.int(),
      }),
    ],
    [
      'lengths',
      z.object({
        a: z.string().max(20),
        b: z.string().min(900),
        c: z.array(z.string()).min(4).max(5),
        d: z.array(z.string()).max(1),
      }),
    ],
    [
      'formats',
      z.object({
        a: z.email(),
        b: z.url(),
        c: z.iso.datetime(),
        d: z.iso.date(),
        e: z.uuid(),
        f: z.ipv4(),
        g: z.iso.time(),
      }),
    ],
    [
      'fixed values',
      z.object({
        a: z.literal('x'),
        b: z.enum(['p', 'q']),
        c: z.literal([1, 2]),
        d: z.null(),
        e: z.boolean(),
      }),
    ],
    [
      'unions',
      z.object({
        a: z.union([z.number(), z.string()]),
        b: z.string().nullable(),
        c: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('refund'), amount: z.number() }),
          z.object({ kind: z.literal('deny'), reason: z.string() }),
        ]),
      }),
    ],
    ['an intersection', z.object({ a: z.string() }).and(z.object({ b: z.int() }))],
    [
      'lists',
      z.object({
        a: z.array(z.object({ title: z.string(), days: z.int() })),
        b: z.tuple([z.string(), z.int()]),
        c: z.array(z.enum(['delivery', 'payment'])),
        d: z.array(z.int()),
        e: z.array(z.array(z.string())),
      }),
    ],
    [
      'a record and anything',
      z.object({ a: z.record(z.string(), z.number()), b: z.unknown(), c: z.object({}) }),
    ],
    ['a recursion', tree],
    ['a top-level list', z.array(z.string())],
  ])('shape: the value fits a schema of %s, with material and without', (_name, schema) => {
    for (const input of [CASE, 'Why?', null, [1, { a: 'b' }]]) {
      const value = fill(schema, input);
      expect(schema.safeParse(value).error?.issues, JSON.stringify(value)).toBeUndefined();
      expect(JSON.stringify(value).length).toBeLessThan(20_000);
    }
  });

  it('copy: fields of the same name are taken over when they fit, however the name is written', () => {
    const schema = z.object({
      order_id: z.string(),
      email: z.string(),
      letter: z.boolean(),
      note: z.string().optional(),
      question: z.string().optional(),
    });
    expect(fill(schema, CASE)).toEqual({
      order_id: '4711',
      email: 'ada@example.com',
      letter: false,
      question: CASE.question,
    });
  });

  it('text: the sentences that speak to the field’s name or description are chosen', () => {
    const schema = z.object({ damage: z.string().describe('What was damaged'), delivery: z.string() });
    expect(fill(schema, CASE)).toEqual({
      damage: 'The parcel was damaged on arrival.',
      delivery: 'My delivery took 12 days. Call the delivery service about billing.',
    });
  });

  it('enum: the value whose words the input has is chosen, and the first when none has any', () => {
    expect(fill(z.enum(['technical_fault', 'billing_question']), CASE)).toBe('billing_question');
    expect(fill(z.enum(['alpha', 'beta']), CASE)).toBe('alpha');
    expect(fill(z.array(z.enum(['weather', 'delivery', 'refund'])), CASE)).toEqual(['delivery', 'refund']);
  });

  it('number: the one nearest to the field’s words is chosen, but never for a confidence', () => {
    const schema = z.object({
      refund: z.number(),
      deliveryDays: z.int().min(0),
      confidence: z.number().min(0).max(1),
      stars: z.int().min(1).max(5),
    });
    expect(fill(schema, CASE)).toEqual({ refund: 40, deliveryDays: 12, confidence: 0, stars: 1 });
    expect(fill(z.object({ confidence: z.number() }), 'My confidence is 0.9')).toEqual({ confidence: 0 });
    expect(fill(z.object({ amount: z.number() }), 'Pay back 40 euros')).toEqual({ amount: 40 });
  });

  it('union: the branch whose fixed words the input has is chosen, and null only where nothing else ends', () => {
    const branch = (kind: string) => z.object({ kind: z.literal(kind) });
    expect(fill(z.union([branch('deny'), branch('refund')]), CASE)).toEqual({ kind: 'refund' });
    expect(fill(z.union([z.null(), z.int()]), CASE)).not.toBeNull();
  });

  it('list: one item for each relevant sentence, each filled from its own sentence, and the question when that is all', () => {
    const schema = z.object({ refunds: z.array(z.object({ text: z.string(), amount: z.int() })) });
    expect(fill(schema, CASE)).toEqual({
      refunds: [expect.objectContaining({ text: expect.stringContaining('refund of 40 euros'), amount: 40 })],
    });
    expect(fill(z.object({ steps: z.array(z.string()) }), 'Why is the sky blue?')).toEqual({
      steps: ['Why is the sky blue?'],
    });
  });
});
