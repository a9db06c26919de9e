/** Parses a decision from the wire: its shape, and the values that it carries. */
import type { Decision, DecisionParts } from '../../contracts/requests/decision.js';
import * as /* webpackDefer: true */ shapes from '../../contracts/requests/decision.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import {
  CARRIED,
  DECISION_OPTIONS,
  getOptionRow,
  needsReason,
} from '../../contracts/requests/decision-options.js';
import { parseWith, type Schema } from '../../contracts/data/schema.js';

/** The size limit of a decision's values, in characters of JSON: they are written to the history. */
const CARRIED_LIMIT = 32_768;

/** @throws {BatonError} `DECISION_MALFORMED` */
export function parseDecision(wire: unknown): Decision {
  const parsed = parseWith(shapes.Decision, wire);
  if (!parsed.ok) throw createMalformedError(parsed.problem.split('\n'));
  const decision: DecisionParts = parsed.value;
  const { request, option, reason = '' } = decision;
  if (needsReason(option) && reason.trim() === '') {
    throw new BatonError(
      'DECISION_MALFORMED',
      `Request ${request}: the option "${option}" needs a reason. Add "reason".`,
      { request },
    );
  }
  for (const property of CARRIED) {
    const given = decision[property] !== undefined;
    if (given === (getOptionRow(option).carries === property)) continue;
    const owners = Object.keys(DECISION_OPTIONS).filter((id) => getOptionRow(id).carries === property);
    throw createMalformedError([
      given
        ? `"${property}" belongs to the option "${owners.join('" or "')}", not to "${option}"`
        : `the option "${option}" needs "${property}"`,
    ]);
  }
  return decision as Decision;
}

/**
 * The edited arguments or the answer, checked against the request's schema.
 *
 * @throws {BatonError} `DECISION_INVALID`
 */
export function parseCarried(
  decision: Decision,
  property: 'args' | 'answer',
  schema: Schema | undefined,
): Json {
  const { request } = decision;
  const parsed = parseWith(schema, decision[property]);
  if (!parsed.ok) {
    throw new BatonError(
      'DECISION_INVALID',
      `Request ${request}: the ${property === 'args' ? 'edited arguments do' : 'answer does'} not fit.\n${parsed.problem}`,
      { request, problems: parsed.problem.split('\n') },
    );
  }
  const size = JSON.stringify(parsed.value).length;
  if (size <= CARRIED_LIMIT) return parsed.value as Json;
  throw new BatonError(
    'DECISION_INVALID',
    `Request ${request}: "${property}" has ${size} characters of JSON; a decision can carry ${CARRIED_LIMIT}.`,
    { request, size },
  );
}

function createMalformedError(problems: readonly string[]): BatonError {
  return new BatonError(
    'DECISION_MALFORMED',
    `A decision is {"request": "<id>", "option": "<option id>", "reason"?: "…", "by"?: "…", "digest"?: "…"}. ${problems.join('; ')}.`,
    { problems },
  );
}
