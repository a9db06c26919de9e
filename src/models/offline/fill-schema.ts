/**
 * Fills an output schema without a model. It copies a field of the same name from the input if that fits. Otherwise
 * it takes a relevant part of the material, or else the emptiest value that the schema allows.
 */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { ModelRequest } from '../model/model.js';
import { fillNumber } from './fill-number.js';
import { fillString } from './fill-string.js';
import { listMaterialSentences, joinMaterial } from './extract.js';
import { matchesSchema, resolveSchema, listTypes, type JsonSchema } from './json-schema.js';
import { selectRelevant } from './bm25.js';
import type { Material } from './material.js';
import { computeOverlap } from './words.js';

interface Filling {
  readonly agent: string;
  readonly root: JsonSchema;
  readonly material: Material;
  /** The source of copied fields; null inside a list, where a copy would repeat itself. */
  readonly source: Json;
  readonly inList: boolean;
  readonly depth: number;
}

/** Below this depth, a recursive schema gets its shortest value. */
const DEPTH_LIMIT = 6;
const LIST_LENGTH = 3;

/** Fills a JSON Schema. The same request gives the same value. The value matches the schema's common keywords. */
export function fillSchema(schema: Json, request: ModelRequest, material: Material): Json {
  const root = isJsonObject(schema) ? schema : {};
  return fill(root, '', {
    agent: request.agent,
    root,
    material,
    source: request.input,
    inList: false,
    depth: 0,
  });
}

function fill(raw: Json | undefined, name: string, filling: Filling): Json {
  const schema = resolveSchema(raw, filling.root);
  if (schema['const'] !== undefined) return schema['const'];
  const copy = name === '' ? undefined : findSameNamed(name, filling.source);
  if (copy !== undefined && matchesSchema(schema, copy, filling.root)) return copy;
  if (Array.isArray(schema['enum'])) return findClosest(schema['enum'], filling.material) ?? null;
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return fill(chooseBranch(branches, filling), name, deepen(filling));
  return fillType(schema, name, filling);
}

function fillType(schema: JsonSchema, name: string, filling: Filling): Json {
  const { agent, root, material, inList } = filling;
  const [type = 'string'] = listTypes(schema).filter((kind) => kind !== 'null');
  if (listTypes(schema).join() === 'null') return null;
  if (type === 'object') return fillObject(schema, deepen(filling));
  if (type === 'array') return fillArray(schema, name, deepen(filling));
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return fillNumber(schema, name, material);
  return fillString(schema, name, material, {
    agent,
    inList,
    fits: (text) => matchesSchema(schema, text, root),
  });
}

/** An optional field is filled only from the input: leaving it out is more honest than inventing a value. */
function fillObject(schema: JsonSchema, filling: Filling): Json {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const entries = Object.entries(properties).flatMap(([name, property]): [string, Json][] => {
    if (required.includes(name)) return [[name, fill(property, name, filling)]];
    const copy = findSameNamed(name, filling.source);
    return copy !== undefined && matchesSchema(resolveSchema(property, filling.root), copy, filling.root)
      ? [[name, copy]]
      : [];
  });
  return Object.fromEntries(entries);
}

function fillArray(schema: JsonSchema, name: string, filling: Filling): Json[] {
  const head = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const items = head.map((item) => fill(item, name, filling));
  if (isJsonObject(schema['items']) && filling.depth <= DEPTH_LIMIT)
    items.push(...fillItems(schema, name, filling));
  const least = readNumber(schema, 'minItems') ?? 0;
  while (items.length < least) items.push(fill(schema['items'], name, { ...filling, source: null }));
  return items.slice(0, readNumber(schema, 'maxItems') ?? items.length);
}

/** One item for each relevant sentence; for an enum, every value that the material mentions. */
function fillItems(schema: JsonSchema, name: string, filling: Filling): Json[] {
  const item = resolveSchema(schema['items'], filling.root);
  const { material } = filling;
  const all = joinMaterial(material);
  if (Array.isArray(item['enum']))
    return item['enum'].filter((value) => computeOverlap(JSON.stringify(value), all) >= 0.5);
  const count = Math.max(LIST_LENGTH, readNumber(schema, 'minItems') ?? 0);
  const texts = listTexts(material, `${name} ${readText(schema, 'description')}`, count);
  const values = texts.map((text) =>
    fill(item, '', {
      ...filling,
      source: null,
      material: { question: material.question, texts: [text], facts: [] },
      inList: true,
    }),
  );
  const plain =
    listTypes(item).includes('string') && item['format'] === undefined && item['pattern'] === undefined;
  const fitting = plain ? texts.filter((text) => matchesSchema(item, text, filling.root)) : values;
  const seen = new Map(fitting.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

/** Without any material, the only possible item is the question. */
function listTexts(material: Material, hint: string, count: number): string[] {
  const available = listMaterialSentences(material);
  const chosen = selectRelevant(available, `${hint} ${material.question}`, count).map(({ text }) => text);
  if (chosen.length > 0) return chosen;
  return available.length === 0 && material.question !== '' ? [material.question] : available.slice(0, count);
}

/**
 * The branch whose constants and description the material matches best. null is the last choice, except below the
 * depth limit.
 */
function chooseBranch(branches: readonly Json[], filling: Filling): Json | undefined {
  const all = joinMaterial(filling.material);
  const candidates = branches.map((branch) => {
    const schema = resolveSchema(branch, filling.root);
    const isNull = listTypes(schema).join() === 'null' || schema['const'] === null;
    const nests =
      'anyOf' in schema ||
      'oneOf' in schema ||
      listTypes(schema).some((type) => type === 'object' || type === 'array');
    const shallow = filling.depth > DEPTH_LIMIT ? (isNull ? 2 : nests ? 0 : 1) : isNull ? 0 : 1;
    return { branch, shallow, score: computeOverlap(listFixedWords(schema), all) };
  });
  return candidates.sort((left, right) => right.shallow - left.shallow || right.score - left.score)[0]
    ?.branch;
}

/** The words of a schema: its title, its description, and the constants of its fields. */
function listFixedWords(schema: JsonSchema): string {
  const properties = isJsonObject(schema['properties']) ? Object.values(schema['properties']) : [];
  const constants = [schema, ...properties.filter(isJsonObject)].map((part) => part['const']);
  const words = constants.filter((value) => typeof value === 'string');
  return [readText(schema, 'title'), readText(schema, 'description'), ...words].join(' ');
}

function findClosest(values: readonly Json[], material: Material): Json | undefined {
  const all = joinMaterial(material);
  const scored = values.map((value) => ({ value, score: computeOverlap(JSON.stringify(value), all) }));
  return scored.sort((left, right) => right.score - left.score)[0]?.value;
}

/** The shallowest field of that name in the input; `orderId` and `order_id` are the same name. */
function findSameNamed(name: string, source: Json): Json | undefined {
  const wanted = foldName(name);
  for (let level: Json[] = [source]; level.length > 0;) {
    const objects = level.filter(isJsonObject);
    for (const object of objects) {
      const found = Object.entries(object).find(([key]) => foldName(key) === wanted);
      if (found !== undefined) return found[1];
    }
    level = objects.flatMap((object) => Object.values(object));
  }
  return undefined;
}

const foldName = (name: string): string => name.toLowerCase().replace(/[_\- ]/g, '');
const deepen = (filling: Filling): Filling => ({ ...filling, depth: filling.depth + 1 });

function readNumber(schema: JsonSchema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === 'number' ? value : undefined;
}

function readText(schema: JsonSchema, keyword: string): string {
  const value = schema[keyword];
  return typeof value === 'string' ? value : '';
}
