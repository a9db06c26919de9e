import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../../contracts/json.js';
import { outputFormat } from './output-format.js';

const format = (schema: z.ZodType) => outputFormat({ name: 'o', schema: z.toJSONSchema(schema) as Json });
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
    ['a length', z.object({ a: z.string().min(1) })],
    ['an unknown format', z.object({ a: z.url() })],
  ])('strict: off when a schema has %s', (_name, schema) => {
    expect(sent(schema).strict).toBe(false);
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
