/** Whether two participants can replace each other: their input and output schemas are the same. */
import { canonicalJson } from '../data/canonical-json.js';
import * as /* webpackDefer: true */ jsonSchema from '../data/json-schema.js';
import type { Schema } from '../data/schema.js';

interface Shaped {
  readonly input?: Schema;
  readonly output?: Schema;
}

export function hasSameShape(one: Shaped, other: Shaped): boolean {
  return isSame(one.input, other.input) && isSame(one.output, other.output);
}

/** The members of a team that can replace a participant. */
export function findSubstitutes<Party extends Shaped & { readonly name: string }>(
  team: { readonly agents: readonly Party[] } | undefined,
  party: Party,
): Party[] {
  const others = (team?.agents ?? []).filter(({ name }) => name !== party.name);
  return others.filter((other) => hasSameShape(other, party));
}

function isSame(a: Schema | undefined, b: Schema | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return serializeShape(a) === serializeShape(b);
}

function serializeShape(schema: Schema): string {
  return canonicalJson(jsonSchema.toJsonSchema(schema));
}
