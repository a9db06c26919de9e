/**
 * An agent's output schema as the `response_format` of chat completions. The provider's strict mode knows a part
 * of JSON Schema only and refuses the rest, so it is asked for only where the schema can be said in that part.
 */
import { defined } from '../../contracts/data/defined.js';
import type { ResponseFormatJSONSchema } from 'openai/resources/shared.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { toStrictSchema } from './strict-schema.js';

export interface OutputFormat {
  readonly responseFormat: ResponseFormatJSONSchema;
  /** The answer's text as the agent's schema expects it. */
  unwrap(content: string): string;
}

type JsonObject = { [key: string]: Json };

/** Providers take an object at the top only; anything else travels as the one property of an object. */
const WRAPPER = 'value';
/** Where a recursive schema stands then: it refers to itself, not to its wrapper. */
const TOP = '__top';
const INNER = `#/definitions/${TOP}`;

/** Makes the request's format out of an output schema, and the way back. */
export function buildOutputFormat(output: { readonly name: string; readonly schema: Json }): OutputFormat {
  const schema = withAnyOf(output.schema);
  const root = isJsonObject(schema) ? schema : {};
  const wrapped = root['type'] !== 'object' || 'anyOf' in root;
  const asked = wrapped ? wrap(root) : root;
  const strict = toStrictSchema(asked);
  return {
    responseFormat: {
      type: 'json_schema',
      json_schema: {
        name: output.name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'output',
        schema: strict ?? asked,
        strict: strict !== undefined,
      },
    },
    unwrap: wrapped ? unwrap : (content) => content,
  };
}

/**
 * The same schema without `$schema`, and with `anyOf` for `oneOf`, which strict mode does not know. It admits no
 * less, and the agent's own schema judges the answer.
 */
function withAnyOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withAnyOf);
  if (!isJsonObject(schema)) return schema;
  const entries = Object.entries(schema).filter(
    ([keyword, value]) => !(keyword === '$schema' && typeof value === 'string'),
  );
  return Object.fromEntries(
    entries.map(([keyword, value]) => [
      keyword === 'oneOf' && Array.isArray(value) && !('anyOf' in schema) ? 'anyOf' : keyword,
      keyword === 'enum' || keyword === 'const' ? value : withAnyOf(value),
    ]),
  );
}

/** Definitions stay at the top, where references look for them; what referred to the top refers to what was there. */
function wrap(root: JsonObject): JsonObject {
  const { $defs, definitions, ...inner } = root;
  const whole = defined({ $defs, definitions });
  const isReferredTo = hasTopReference(root);
  const value: Json = isReferredTo ? { $ref: INNER } : inner;
  const wrapped: JsonObject = {
    type: 'object',
    properties: { [WRAPPER]: value },
    required: [WRAPPER],
    additionalProperties: false,
    ...whole,
  };
  if (!isReferredTo) return wrapped;
  const others = isJsonObject(definitions) ? definitions : {};
  const moved = toInner({ ...whole, definitions: { ...others, [TOP]: inner } });
  return { ...wrapped, ...(isJsonObject(moved) ? moved : {}) };
}

function hasTopReference(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(hasTopReference);
  if (!isJsonObject(schema)) return false;
  return schema['$ref'] === '#' || Object.values(schema).some(hasTopReference);
}

function toInner(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toInner);
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === '$ref' && value === '#' ? INNER : toInner(value),
    ]),
  );
}

/** An answer that does not have the wrapper is left as it is: the agent's schema will say what is wrong. */
function unwrap(content: string): string {
  try {
    const value = JSON.parse(content) as Json;
    if (isJsonObject(value) && Object.keys(value).length === 1 && WRAPPER in value)
      return JSON.stringify(value[WRAPPER]);
  } catch {
    // Not JSON: cut off at the length limit, or no answer at all.
  }
  return content;
}
