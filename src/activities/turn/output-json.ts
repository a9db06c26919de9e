/** Reads JSON that a model writes, and corrects the usual mistakes of models. */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Schema } from '../../contracts/data/schema.js';

/** Models often wrap JSON in a code fence despite instructions. */
export function readJson(text: string): Json | undefined {
  const fenced = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(text);
  try {
    return JSON.parse(fenced?.[1] ?? text) as Json;
  } catch {
    return undefined;
  }
}

interface Definition {
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
}

/** Models leave out null values, but strict schemas require the key. Adds a missing key that is required and nullable. */
export function fillNulls(schema: Schema, value: Json): Json {
  const { shape, element, innerType } = schema.def as unknown as Definition;
  if (innerType !== undefined) return fillNulls(innerType, value);
  if (element !== undefined && Array.isArray(value))
    return value.map((item) => fillNulls(element, item as Json));
  if (shape === undefined || !isJsonObject(value)) return value;
  const filled: { [key: string]: Json } = { ...value };
  for (const [key, field] of Object.entries(shape)) {
    const said = value[key];
    if (said !== undefined) filled[key] = fillNulls(field, said);
    else if (!field.safeParse(undefined).success && field.safeParse(null).success) filled[key] = null;
  }
  return filled;
}
