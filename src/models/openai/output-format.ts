/**
 * Converts an agent's output schema to the `response_format` of chat completions. The provider's strict mode
 * supports only a part of JSON Schema and refuses the rest. So strict mode is used only for schemas that fit
 * into that part.
 */
import { defined } from '../../contracts/data/defined.js';
import type { ResponseFormatJSONSchema } from 'openai/resources/shared.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { toStrictSchema } from './strict-schema.js';

export interface OutputFormat {
  readonly responseFormat: ResponseFormatJSONSchema;
  /** The answer's text in the form that the agent's schema expects. */
  unwrap(content: string): string;
}

type JsonObject = { [key: string]: Json };

/** Providers accept only an object at the top; any other value is wrapped as the only property of an object. */
const WRAPPER = 'value';
/** The new place of a recursive schema that was wrapped: it refers to itself, not to its wrapper. */
const TOP = '__top';
const INNER = `#/definitions/${TOP}`;

/** Builds the request's format from an output schema, and the function that unwraps the answer. */
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
 * The same schema without `$schema`, and with `anyOf` instead of `oneOf`, which strict mode does not support.
 * It allows no less, and the agent's own schema checks the answer.
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

/** Definitions stay at the top, where references point. References to the old top are redirected to its new place. */
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

/** An answer without the wrapper stays unchanged; the agent's schema then reports the problem. */
function unwrap(content: string): string {
  try {
    const value = JSON.parse(content) as Json;
    if (isJsonObject(value) && Object.keys(value).length === 1 && WRAPPER in value)
      return JSON.stringify(value[WRAPPER]);
  } catch {
    // Not JSON: cut off at the length limit, or not an answer at all.
  }
  return content;
}
