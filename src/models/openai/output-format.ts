/**
 * An agent's output schema as the `response_format` of chat completions. The provider's strict mode knows a part
 * of JSON Schema only and refuses the rest, so it is asked for only where the schema keeps within that part.
 */
import type { ResponseFormatJSONSchema } from 'openai/resources/shared.js';
import { isJsonObject, type Json } from '../../contracts/json.js';

export interface OutputFormat {
  readonly responseFormat: ResponseFormatJSONSchema;
  /** The answer's text as the agent's schema expects it. */
  unwrap(content: string): string;
}

type JsonObject = { [key: string]: Json };

/** Providers take an object at the top only; anything else travels as the one property of an object. */
const WRAPPER = 'value';

/** Keywords of strict mode whose value is no schema. A keyword that is not known here turns strict mode off. */
const STRICT_KEYWORDS = new Set([
  'type',
  'required',
  'additionalProperties',
  'enum',
  'const',
  '$ref',
  'title',
  'description',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
]);
const STRICT_FORMATS = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);

/** Makes the request's format out of an output schema, and the way back. */
export function outputFormat(output: { readonly name: string; readonly schema: Json }): OutputFormat {
  const schema = withAnyOf(output.schema);
  const root = isJsonObject(schema) ? schema : {};
  const wrapped = root['type'] !== 'object' || 'anyOf' in root;
  const sent = wrapped ? wrap(root) : root;
  return {
    responseFormat: {
      type: 'json_schema',
      json_schema: {
        name: output.name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'output',
        schema: sent,
        strict: isStrict(sent),
      },
    },
    unwrap: wrapped ? unwrap : (content) => content,
  };
}

/** Whether a schema keeps within the strict mode of structured outputs. */
export function isStrict(schema: Json | undefined): boolean {
  if (!isJsonObject(schema) || Object.keys(schema).length === 0) return false;
  return Object.entries(schema).every(([keyword, value]) => {
    if (keyword === 'properties') return isClosedObject(schema, value);
    if (keyword === 'items') return isStrict(value);
    if (keyword === 'anyOf') return Array.isArray(value) && value.every(isStrict);
    if (keyword === '$defs' || keyword === 'definitions')
      return isJsonObject(value) && Object.values(value).every(isStrict);
    if (keyword === 'format') return typeof value === 'string' && STRICT_FORMATS.has(value);
    if (keyword === 'type' && includesType(value, 'object')) return 'properties' in schema;
    if (keyword === 'type' && includesType(value, 'array')) return 'items' in schema;
    return STRICT_KEYWORDS.has(keyword);
  });
}

function isClosedObject(schema: JsonObject, properties: Json): boolean {
  const required = schema['required'];
  if (!isJsonObject(properties) || schema['additionalProperties'] !== false) return false;
  return Object.entries(properties).every(
    ([name, property]) => Array.isArray(required) && required.includes(name) && isStrict(property),
  );
}

function includesType(type: Json, name: string): boolean {
  return Array.isArray(type) ? type.includes(name) : type === name;
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

/** Definitions stay at the top, where references look for them. */
function wrap(root: JsonObject): JsonObject {
  const { $defs, definitions, ...inner } = root;
  return {
    type: 'object',
    properties: { [WRAPPER]: inner },
    required: [WRAPPER],
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  };
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
