/** The JSON Schema of a wire schema: what forms are made from, and what tells two shapes apart. */
import { z } from 'zod';
import { digest } from './canonical-json.js';
import type { Json } from './json.js';
import type { Schema } from './schema.js';

/** A text that says something. */
export const SomeText: Schema<string> = z.string().min(1);

/** An object with nothing but an output that fits `schema`, so that a form has a name for it. */
export function toOutputSchema(schema: Schema): Schema<{ output: Json }> {
  return z.strictObject({ output: schema as unknown as z.ZodType<Json, Json> });
}

/** Hex characters that tell two payloads' schemas apart in an envelope. */
const SCHEMA_HASH_LENGTH = 16;

/** Names the shape of what is handed off, so that sender and receiver see whether they mean the same. */
export function hashSchema(schema: Schema<never> | Schema): string {
  return digest(toJsonSchema(schema)).slice(0, SCHEMA_HASH_LENGTH);
}

/** Draft 2020-12, without the `$schema` that would say so. */
export function toJsonSchema(schema: Schema<never> | Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema);
  return rest as Json;
}
