/** Who could do an agent's task in its place: team members that take the same input and give the same output. */
import { canonicalJson } from '../contracts/canonical-json.js';
import * as /* webpackDefer: true */ jsonSchema from '../contracts/json-schema.js';
import type { AnyParty } from '../contracts/party.js';
import type { Schema } from '../contracts/schema.js';
import type { TeamDefinition } from '../contracts/team.js';

export function standIns(team: TeamDefinition | undefined, agent: AnyParty): AnyParty[] {
  const others = (team?.agents ?? []).filter(({ name }) => name !== agent.name);
  return others.filter((other) => same(other.input, agent.input) && same(other.output, agent.output));
}

function same(a: Schema<never> | Schema | undefined, b: Schema<never> | Schema | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return shapeOf(a) === shapeOf(b);
}

function shapeOf(schema: Schema<never> | Schema): string {
  return canonicalJson(jsonSchema.jsonSchemaOf(schema));
}
