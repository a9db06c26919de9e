/** The JSON Schema of a wire schema, as providers take it. */
import { z } from 'zod';
import type { Json } from '../../contracts/data/json.js';
import type { Schema } from '../../contracts/data/schema.js';

export function buildJsonSchema(schema: Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  return rest as Json;
}
