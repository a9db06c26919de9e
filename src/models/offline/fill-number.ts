/** A number for a field: one from the material, else the smallest that the schema allows. */
import { rank } from './bm25.js';
import { listGivenSentences } from './extract.js';
import { listTypes, type JsonSchema } from './json-schema.js';
import type { Material } from './material.js';

const NUMBER = /(?<![\w.-])-?\d+(?:\.\d+)?(?![\w-]|\.\d)/g;
/** No algorithm here knows its confidence, so it reports the lowest. */
const CONFIDENCE = /confiden|probab|certain/i;

/** Chooses from sentences that are relevant to the field, else the only number in the material, else the smallest. */
export function fillNumber(schema: JsonSchema, name: string, material: Material): number {
  const least = findLeast(schema);
  if (CONFIDENCE.test(name)) return least;
  const given = listGivenSentences(material);
  const available = given.length > 0 ? given : [material.question];
  const hint = `${name} ${typeof schema['description'] === 'string' ? schema['description'] : ''}`;
  const near = rank(available, hint).flatMap(({ text }) => findNumbers(text));
  const all = [...new Set(available.flatMap(findNumbers))];
  const candidates = [...near, ...(all.length === 1 ? all : [])];
  return candidates.find((value) => canHold(schema, value)) ?? least;
}

function findNumbers(text: string): number[] {
  return [...text.matchAll(NUMBER)].map(([digits]) => Number(digits));
}

function canHold(schema: JsonSchema, value: number): boolean {
  const { low, above, high, below, step } = readLimits(schema);
  if (listTypes(schema).includes('integer') && !Number.isInteger(value)) return false;
  if (value < low || value <= above || value > high || value >= below) return false;
  return step === undefined || Number.isInteger(value / step);
}

function findLeast(schema: JsonSchema): number {
  const { low, above, high, below, step } = readLimits(schema);
  const whole = listTypes(schema).includes('integer');
  const unit = step ?? (whole ? 1 : undefined);
  const bound = Math.max(low, above);
  if (!Number.isFinite(bound)) {
    const top = Math.min(high, below);
    return top > 0 || (top === 0 && below > 0)
      ? 0
      : toUnits(below <= high ? below - (unit ?? 1) : high, unit, Math.floor);
  }
  if (above < low) return toUnits(low, unit, Math.ceil);
  if (unit !== undefined) return (Math.floor(above / unit) + 1) * unit;
  return Number.isFinite(Math.min(high, below)) ? (above + Math.min(high, below)) / 2 : above + 1;
}

function toUnits(value: number, unit: number | undefined, round: (value: number) => number): number {
  return unit === undefined ? value : round(value / unit) * unit;
}

function readLimits(schema: JsonSchema) {
  const at = (keyword: string): number | undefined => {
    const value = schema[keyword];
    // zod writes the safe-integer bounds for every integer, so they say nothing about this one.
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  };
  return {
    low: at('minimum') ?? -Infinity,
    above: at('exclusiveMinimum') ?? -Infinity,
    high: at('maximum') ?? Infinity,
    below: at('exclusiveMaximum') ?? Infinity,
    step: at('multipleOf'),
  };
}
