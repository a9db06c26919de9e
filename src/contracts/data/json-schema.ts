/** The JSON Schema of a wire schema. Forms are made from it, and it distinguishes two shapes. */
import { z } from 'zod';
import { digest } from './canonical-json.js';
import type { Json } from './json.js';
import type { Schema } from './schema.js';

/** A text that is not empty. */
export const SomeText: Schema<string> = z.string().min(1);

/** An object whose only property is an output that fits `schema`, so that a form has a name for it. */
export function toOutputSchema(schema: Schema): Schema<{ output: Json }> {
  return z.strictObject({ output: schema as unknown as z.ZodType<Json, Json> });
}

/** The number of hex characters that distinguish the schemas of two payloads in an envelope. */
const SCHEMA_HASH_LENGTH = 16;

/** Identifies the shape of a payload, so that sender and receiver can check that they mean the same. */
export function hashSchema(schema: Schema<never> | Schema): string {
  return digest(toJsonSchema(schema)).slice(0, SCHEMA_HASH_LENGTH);
}

/** Draft 2020-12, without the `$schema` property. */
export function toJsonSchema(schema: Schema<never> | Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema);
  return rest as Json;
}
