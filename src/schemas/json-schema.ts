/** The published schemas as JSON Schema, draft 2020-12: the contents of `schemas/*.json`. */
import { describeNearest } from '../contracts/data/nearest.js';
import { z } from 'zod';
import { createUsageError } from '../contracts/errors.js';
import { SCHEMAS } from './catalog.js';

/** Raised when a property is removed or changes its meaning, never for a new one. */
const VERSION = 1;

export interface JsonSchema {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  /** A name, not an address: there is nothing to fetch. */
  readonly $id: string;
  readonly title: string;
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/**
 * The JSON Schema of a name.
 *
 * @throws {BatonError} `BAD_USAGE` if it does not exist.
 */
export function buildJsonSchema(name: string): JsonSchema {
  const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (schema === undefined) {
    const names = Object.keys(SCHEMAS);
    throw createUsageError(
      `There is no schema "${name}". There are: ${names.join(', ')}.${describeNearest(name, names)}`,
      {
        name,
        names,
      },
    );
  }
  // For the input (`input`) instead of the parsed output: input objects are open unless they say otherwise.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:batonhq:baton:schema:${name}:v${VERSION}`,
    title: name,
    description: schema.description ?? '',
    ...rest,
  };
}

/** All of them, by name. */
export function buildJsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.keys(SCHEMAS).map((name) => [name, buildJsonSchema(name)]));
}
