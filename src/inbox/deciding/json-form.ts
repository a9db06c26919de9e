/**
 * Builds a form from a JSON Schema, and reads the submitted form back. A part without a simple field gets a
 * JSON field, so every schema has a form.
 */
import { defined } from '../../contracts/data/defined.js';
import { makeVisible } from '../../contracts/data/visible-text.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';

export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'texts' | 'json';

export interface FormField {
  /** The path in the value, e.g. `customer.name`; also the field's name in the form. */
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly description?: string;
  readonly choices?: readonly string[];
  readonly value: Json | undefined;
}

/** The fields for a value of this schema. If the value is not an object, the only field has an empty path. */
export function listFields(
  schema: Json | undefined,
  value?: Json,
  path: readonly string[] = [],
  required = true,
): FormField[] {
  const properties = readProperties(schema, value);
  if (properties === undefined) return [toField(schema, value, path, required)];
  const needed = isJsonObject(schema) && Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).flatMap(([name, part]) =>
    listFields(
      part,
      isJsonObject(value) ? value[name] : undefined,
      [...path, name],
      required && needed.includes(name),
    ),
  );
}

/** Reads a submitted form. It omits an optional field that is empty. */
export function readFields(
  fields: readonly FormField[],
  filled: (name: string) => string | undefined,
): { readonly value: Json; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let whole: Json = {};
  for (const field of fields) {
    const read = readField(field, filled(toFieldName(field)));
    if (read.problem !== undefined) problems.push(`${field.path.join('.') || 'The answer'}: ${read.problem}`);
    if (read.value === undefined) continue;
    if (field.path.length === 0) whole = read.value;
    else if (isJsonObject(whole)) placeValue(whole, field.path, read.value);
  }
  return { value: whole, problems };
}

/** The name of a field in the form. */
export function toFieldName({ path }: Pick<FormField, 'path'>): string {
  return ['field', ...path].join('.');
}

/** The initial text of a field. */
export function toFieldText({ kind, value }: FormField): string {
  if (value === undefined) return '';
  if (kind === 'json') return makeVisible(JSON.stringify(value, null, 2));
  if (kind === 'texts' && Array.isArray(value)) return value.map(String).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The object's properties, unless the schema allows additional ones, which a form could not show. */
function readProperties(schema: Json | undefined, value: Json | undefined): Record<string, Json> | undefined {
  if (!isJsonObject(schema) || schema['type'] !== 'object') return undefined;
  const properties = schema['properties'];
  if (!isJsonObject(properties) || isJsonObject(schema['additionalProperties'])) return undefined;
  if (value !== undefined && !isJsonObject(value)) return undefined;
  const known = Object.keys(properties);
  const further = Object.keys(value ?? {}).some((name) => !known.includes(name));
  const odd = known.some((name) => name.includes('.') || name === '__proto__');
  return known.length === 0 || further || odd ? undefined : properties;
}

function toField(
  schema: Json | undefined,
  value: Json | undefined,
  path: readonly string[],
  required: boolean,
): FormField {
  const { kind, choices } = toKind(schema, value);
  const description = isJsonObject(schema) ? schema['description'] : undefined;
  return {
    path,
    kind,
    required,
    value,
    ...defined({ choices, description: typeof description === 'string' ? description : undefined }),
  };
}

function toKind(
  schema: Json | undefined,
  value: Json | undefined,
): { readonly kind: FieldKind; readonly choices?: readonly string[] } {
  if (!isJsonObject(schema)) return { kind: 'json' };
  const listed = schema['enum'];
  if (Array.isArray(listed) && listed.every((each) => typeof each === 'string')) {
    return { kind: 'choice', choices: listed };
  }
  switch (schema['type']) {
    case 'string':
      return { kind: value === undefined || isSeen(value) ? 'text' : 'json' };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return { kind: isLines(schema['items'], value) ? 'texts' : 'json' };
    default:
      return { kind: 'json' };
  }
}

/** A value that a plain field would hide, or change when it is sent, is edited as JSON. */
function isSeen(value: Json): value is string {
  return typeof value === 'string' && makeVisible(value) === value;
}

/** A list of single-line texts is edited as a text of several lines. */
function isLines(items: Json | undefined, value: Json | undefined): boolean {
  const texts = isJsonObject(items) && items['type'] === 'string' && items['enum'] === undefined;
  const given = Array.isArray(value) ? value : [];
  return texts && given.every((text) => isSeen(text) && text !== '' && !text.includes('\n'));
}

function readField(
  { kind, required, choices = [], value: before }: FormField,
  given: string | undefined,
): { readonly value?: Json; readonly problem?: string } {
  // A form sends each line break as CR LF.
  const text = (given ?? '').replace(/\r\n/g, '\n');
  if (kind === 'boolean') {
    return given === undefined && !required && before === undefined ? {} : { value: given === 'true' };
  }
  if (kind === 'texts') {
    const value = text.split('\n').filter((line) => line.trim() !== '');
    return value.length === 0 && !required ? {} : { value };
  }
  if (text === '' && !required) return {};
  switch (kind) {
    case 'number': {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return Number.isFinite(value) ? { value } : { problem: `"${text}" is not a number` };
    }
    case 'json':
      return readJson(text);
    case 'choice':
      return choices.includes(text)
        ? { value: text }
        : { problem: `"${text}" is none of ${choices.join(', ')}` };
    case 'text':
      return { value: text };
  }
}

/** Parses the JSON field. */
export function readJson(text: string): { readonly value?: Json; readonly problem?: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: `this is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function placeValue(whole: { [key: string]: Json }, path: readonly string[], value: Json): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    whole[name] = value;
    return;
  }
  const inner = whole[name];
  const next = isJsonObject(inner) ? inner : {};
  whole[name] = next;
  placeValue(next, rest, value);
}
