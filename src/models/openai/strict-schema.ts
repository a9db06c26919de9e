/**
 * The part of JSON Schema that a provider's strict mode supports. An unsupported constraint is removed and
 * described in words, because the agent's own schema checks the answer anyway. An open schema, or one with
 * other unsupported keywords, cannot use strict mode.
 */
import { isJsonObject, type Json } from '../../contracts/data/json.js';

type JsonObject = { [key: string]: Json };

/** Keywords of strict mode whose value is not a schema. Any keyword unknown here turns strict mode off. */
const KNOWN = new Set([
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
const FORMATS = new Set([
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
/** Without these keywords, a schema allows more, and never less. */
const CONSTRAINTS = new Set(['minLength', 'maxLength', 'uniqueItems']);
/** These keywords do not change what is allowed. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  '$comment',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentEncoding',
  'contentMediaType',
]);
/** Strict mode requires one of these in every schema. */
const TYPED = ['type', 'enum', 'const', 'anyOf', '$ref'];
/** Regular expression features that strict mode's engines do not support: lookarounds and back references. */
const UNMATCHED = /\(\?<?[=!]|\\[1-9]/;

/** The schema for strict mode; undefined when strict mode cannot express it. It allows no less than the original. */
export function toStrictSchema(schema: JsonObject): JsonObject | undefined {
  const loosened = loosen(schema);
  return isStrict(loosened) ? loosened : undefined;
}

function loosen(schema: JsonObject): JsonObject {
  const only = findOnlyPart(schema);
  if (only) return loosen(only);
  const kept: JsonObject = {};
  const words: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (isConstraint(keyword, value))
      words.push(`${keyword}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
    else if (KNOWN.has(keyword) || !ANNOTATIONS.has(keyword)) kept[keyword] = makeInnerStrict(keyword, value);
  }
  if (words.length === 0) return kept;
  const { description } = schema;
  const before = typeof description === 'string' ? `${description} ` : '';
  return { ...kept, description: `${before}(${words.join(', ')})` };
}

/** In strict mode a reference must be alone. It is often put into a list of one only to add a description. */
function findOnlyPart(schema: JsonObject): JsonObject | undefined {
  const { $ref, allOf } = schema;
  const [keyword, ...more] = Object.keys(schema).filter((each) => !ANNOTATIONS.has(each));
  if (more.length > 0) return undefined;
  if (keyword === 'allOf' && Array.isArray(allOf) && allOf.length === 1 && isJsonObject(allOf[0]))
    return allOf[0];
  const described = Object.keys(schema).length > 1;
  return keyword === '$ref' && described && typeof $ref === 'string' ? { $ref } : undefined;
}

function isConstraint(keyword: string, value: Json): boolean {
  if (keyword === 'format') return typeof value === 'string' && !FORMATS.has(value);
  if (keyword === 'pattern') return typeof value === 'string' && UNMATCHED.test(value);
  return CONSTRAINTS.has(keyword);
}

function makeInnerStrict(keyword: string, value: Json): Json {
  const each = (part: Json): Json => (isJsonObject(part) ? loosen(part) : part);
  if (keyword === 'items') return each(value);
  if (keyword === 'anyOf') return Array.isArray(value) ? value.map(each) : value;
  if (keyword !== 'properties' && keyword !== '$defs' && keyword !== 'definitions') return value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, each(part)]));
}

function isStrict(schema: Json | undefined): boolean {
  // A schema without a type allows any value, even if its description says otherwise.
  if (!isJsonObject(schema) || !TYPED.some((keyword) => keyword in schema)) return false;
  if ('$ref' in schema && Object.keys(schema).length > 1) return false;
  return Object.entries(schema).every(([keyword, value]) => {
    if (keyword === 'properties') return isClosedObject(schema, value);
    if (keyword === 'items') return isStrict(value);
    if (keyword === 'anyOf') return Array.isArray(value) && value.every(isStrict);
    if (keyword === '$defs' || keyword === 'definitions')
      return isJsonObject(value) && Object.values(value).every(isStrict);
    if (keyword === 'type' && includesType(value, 'object')) return 'properties' in schema;
    if (keyword === 'type' && includesType(value, 'array')) return 'items' in schema;
    return KNOWN.has(keyword);
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
