/** Reading JSON Schemas: references, unions, and whether a value fits. */
import { z } from 'zod';
import { isJsonObject, type Json } from '../../contracts/data/json.js';

export type JsonSchema = { [keyword: string]: Json };

/**
 * Returns a schema as an object: `true` becomes the schema of any value, a local `$ref` is followed, `allOf`
 * is merged.
 */
export function resolveSchema(schema: Json | undefined, root: JsonSchema): JsonSchema {
  if (!isJsonObject(schema)) return {};
  const { $ref, allOf, ...own } = schema;
  const target = typeof $ref === 'string' ? resolveSchema(resolvePointer($ref, root), root) : {};
  const parts = Array.isArray(allOf) ? allOf.map((part) => resolveSchema(part, root)) : [];
  return [...parts, own].reduce<JsonSchema>(merge, target);
}

/** The types that a schema names directly, ignoring unions. */
export function listTypes(schema: JsonSchema): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((name) => typeof name === 'string');
  if ('properties' in schema) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

/** Whether a value matches a schema; false for a schema that cannot be read. */
export function matchesSchema(schema: JsonSchema, value: Json, root: JsonSchema): boolean {
  const definitions = Object.fromEntries(
    ['$defs', 'definitions'].flatMap((key) => (root[key] === undefined ? [] : [[key, root[key]]])),
  );
  try {
    const document = { ...definitions, ...schema } as z.core.JSONSchema.JSONSchema;
    return z.fromJSONSchema(document).safeParse(value).success;
  } catch {
    return false;
  }
}

function resolvePointer(pointer: string, root: JsonSchema): Json | undefined {
  if (!pointer.startsWith('#')) return undefined;
  const path = pointer.slice(1).split('/').slice(1);
  const names = path.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), root);
}

function merge(left: JsonSchema, right: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...left, ...right };
  if (isJsonObject(left['properties']) && isJsonObject(right['properties'])) {
    merged['properties'] = { ...left['properties'], ...right['properties'] };
  }
  if (Array.isArray(left['required']) && Array.isArray(right['required'])) {
    merged['required'] = [...left['required'], ...right['required']];
  }
  return merged;
}
