/** Builds an example input in the shape that a workflow requires. */
import { z } from 'zod';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { OrchestrationDescription } from '../../contracts/definitions/orchestration.js';
import type { Schema } from '../../contracts/data/schema.js';

/** A text, when the workflow declares no input. */
export function buildExampleInput({ input, asks }: Pick<OrchestrationDescription, 'input' | 'asks'>): Json {
  if (input !== undefined) return buildExampleText(input);
  if (asks === undefined) return '…';
  return Object.fromEntries(
    Object.entries(asks)
      .filter(([, schema]) => schema?.safeParse(undefined).success !== true)
      .map(([key, schema]) => [key, schema === null ? '…' : buildExampleText(schema)]),
  );
}

const buildExampleText = (schema: Schema): Json => buildExampleValue(z.toJSONSchema(schema) as Json);

/** A value that has the shape of a JSON Schema. */
export function buildExampleValue(schema: Json | undefined): Json {
  if (!isJsonObject(schema)) return null;
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(alternatives)) return buildExampleValue(alternatives[0]);
  switch (schema['type']) {
    case 'string':
      return BY_FORMAT[typeof schema['format'] === 'string' ? schema['format'] : ''] ?? '…';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [buildExampleValue(schema['items'])];
    case 'object':
      return buildExampleObject(schema);
    default:
      return null;
  }
}

/** A text in the right format is a better example than an ellipsis. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2027-01-31',
  time: '09:00:00',
  'date-time': '2027-01-31T09:00:00Z',
  email: 'ada@example.com',
  uri: 'https://example.com',
};

function buildExampleObject(schema: { [key: string]: Json }): Json {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, buildExampleValue(property)]),
  );
}
