import { describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { agent } from '../../contracts/definitions/agent.js';
import { WorkPlan } from '../../contracts/handoff/plan.js';
import { classifier } from '../../contracts/definitions/routers.js';
import type { Json } from '../../contracts/data/json.js';
import { buildOutputFormat } from './output-format.js';

const format = (schema: z.ZodType) =>
  buildOutputFormat({ name: 'o', schema: z.toJSONSchema(schema) as Json });
const sent = (schema: z.ZodType) => format(schema).responseFormat.json_schema;

describe('outputFormat', () => {
  it.each([
    [
      'nested objects and lists',
      z.object({ a: z.array(z.object({ b: z.int().min(1) })), c: z.enum(['x']).nullable() }),
    ],
    [
      'a discriminated union',
      z.object({
        u: z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b') })]),
      }),
    ],
    ['an object without properties', z.object({})],
    ['a known format', z.object({ at: z.uuid() })],
  ])('strict: on when a schema is closed: %s', (_name, schema) => {
    expect(sent(schema).strict).toBe(true);
  });

  it.each([
    ['an optional property', z.object({ a: z.string().optional(), b: z.string() })],
    ['an open object', z.looseObject({ a: z.string() })],
    ['an open object inside', z.object({ a: z.array(z.object({ b: z.looseObject({}) })) })],
    ['a record', z.object({ a: z.record(z.string(), z.string()) })],
    ['anything', z.object({ a: z.unknown() })],
    ['a tuple', z.object({ a: z.tuple([z.string()]) })],
    ['two patterns', z.object({ a: z.string().startsWith('a').regex(/b$/) })],
  ])('strict: off when a schema has %s', (_name, schema) => {
    expect(sent(schema).strict).toBe(false);
  });

  it('strict: rules that strict mode does not support go into the description, at every depth', () => {
    const schema = z.object({
      id: z.string().min(1).max(64).describe('Unique.'),
      links: z.array(z.union([z.url(), z.null()])).min(1),
      code: z.string().regex(/^(?!0)\d+$/),
      at: z.iso.date(),
    });
    expect(sent(schema)).toMatchObject({
      strict: true,
      schema: {
        required: ['id', 'links', 'code', 'at'],
        properties: {
          id: { type: 'string', description: 'Unique. (minLength: 1, maxLength: 64)' },
          links: {
            minItems: 1,
            items: { anyOf: [{ type: 'string', description: '(format: uri)' }, { type: 'null' }] },
          },
          code: { type: 'string', description: '(pattern: ^(?!0)\\d+$)' },
          at: { type: 'string', format: 'date', pattern: expect.any(String) },
        },
      },
    });
    expect(JSON.stringify(sent(schema).schema)).not.toMatch(/"(?:minLength|maxLength)"|"uri"/);
  });

  it('strict: a planner’s schema is strict, and so is a classifier’s', () => {
    expect(sent(WorkPlan).strict).toBe(true);
    const among = ['a', 'b'].map((name) => agent({ name, goal: 'Help.' }));
    const { output } = classifier({ name: 'c', among }).agent;
    expect(output && sent(output).strict).toBe(true);
  });

  it('strict: a schema that is not for strict mode is sent whole', () => {
    const schema = z.object({ a: z.string().min(1), b: z.string().optional() });
    expect(sent(schema)).toMatchObject({ strict: false, schema: { properties: { a: { minLength: 1 } } } });
  });

  it('strict: a reference stands alone when it was described', () => {
    interface Node {
      next: Node | null;
    }
    const node: z.ZodType<Node> = z.lazy(() =>
      z.object({ next: node.nullable().describe('What follows.') }).meta({ id: 'Node', title: 'A node' }),
    );
    const schema = z.object({ first: node.describe('The first.') });
    const format = sent(schema);
    expect(format.strict).toBe(true);
    expect(JSON.stringify(format.schema)).not.toContain('allOf');
  });

  it('wrap: a recursive schema refers to itself and not to its wrapper', () => {
    type Tree = string | { nodes: Tree[] };
    const tree: z.ZodType<Tree> = z.lazy(() => z.union([z.string(), z.object({ nodes: z.array(tree) })]));
    const { schema, strict } = buildOutputFormat({
      name: 'o',
      schema: z.toJSONSchema(tree, { target: 'draft-7' }) as Json,
    }).responseFormat.json_schema;
    const texts = JSON.stringify(schema);
    expect(strict).toBe(true);
    expect(texts).not.toContain('"$ref":"#"');
    expect(new Ajv({ strict: false }).compile(schema ?? {})({ value: { nodes: ['a', { nodes: [] }] } })).toBe(
      true,
    );
  });

  it('unwrap: text, unions and lists come back as the agent’s schema has them when they were wrapped', () => {
    const union = z.discriminatedUnion('k', [
      z.object({ k: z.literal('a') }),
      z.object({ k: z.literal('b') }),
    ]);
    expect(format(union).unwrap('{"value":{"k":"a"}}')).toBe('{"k":"a"}');
    expect(format(z.string()).unwrap('{"value":"x"}')).toBe('"x"');
    expect(format(z.string()).unwrap('{"value":"x')).toBe('{"value":"x');
    expect(format(z.string()).unwrap('{"other":1}')).toBe('{"other":1}');
    expect(format(z.object({ value: z.string() })).unwrap('{"value":"x"}')).toBe('{"value":"x"}');
  });

  it('wrap: definitions stay where references look for them when a schema is recursive', () => {
    interface Tree {
      children: Tree[];
    }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(tree) }).meta({ id: 'Tree' }));
    const schema = sent(z.array(tree)).schema;
    const definitions = Object.keys(schema?.['$defs'] ?? {});
    expect(schema).toMatchObject({ properties: { value: { items: { $ref: `#/$defs/${definitions[0]}` } } } });
    expect(definitions.length).toBeGreaterThan(0);
  });
});
