/** The JSON Schema of a wire schema: what forms are made from, and what tells two shapes apart. */
import { z } from 'zod';
import type { Json } from './json.js';
import type { Schema } from './schema.js';

/** A text that says something. */
export const SomeText: Schema<string> = z.string().min(1);

/** Draft 2020-12, without the `$schema` that would say so. */
export function jsonSchemaOf(schema: Schema<never> | Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema);
  return rest as Json;
}
