/**
 * The schema of a recovery decision for one task: the result that the task requires, and the names of the agents that may
 * retry it.
 */
import type { RecoveryAgent } from '../../contracts/definitions/agent.js';
import * as /* webpackDefer: true */ failureReport from '../../contracts/handoff/failure-report.js';
import type { TaskTerms } from '../../contracts/handoff/envelope.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import type { Schema } from '../../contracts/data/schema.js';
import { getFirst } from '../task/attempts.js';
import { listCandidates, type Failing } from './failing-task.js';

/**
 * The schema that the decision must match. A decision that does not fit this task goes back to the agent, like any invalid
 * answer. Undefined when the agent declares another output schema, or the result's schema refers to itself as a whole.
 */
export function buildDecisionTerms(failing: Failing, agent: RecoveryAgent): TaskTerms | undefined {
  if (agent.output !== failureReport.RecoveryDecision) return undefined;
  const declared: Schema = getFirst(failing.recovering).party.output ?? jsonSchema.SomeText;
  const result = failing.task.envelope.terms?.output ?? jsonSchema.toJsonSchema(declared);
  if (!isJsonObject(result) || JSON.stringify(result).includes('"$ref":"#"')) return undefined;
  const { $defs, ...output } = result;
  const agents = listCandidates(failing).map(({ name }) => name);
  const decision = withParts(jsonSchema.toJsonSchema(failureReport.RecoveryDecision), {
    agent: { type: 'string', enum: agents },
    output,
  });
  return { output: $defs === undefined ? decision : { ...decision, $defs } };
}

/** The same union with other schemas for the named keys. Each key keeps its description. */
function withParts(union: Json, parts: Readonly<Record<string, Json>>): { [key: string]: Json } {
  const { oneOf, anyOf = oneOf } = isJsonObject(union) ? union : {};
  return {
    anyOf: (Array.isArray(anyOf) ? anyOf : []).map((option) => {
      if (!isJsonObject(option) || !isJsonObject(option['properties'])) return option;
      const properties = Object.entries(option['properties']).map(([key, said]) => {
        const part = parts[key];
        return [key, isJsonObject(part) && isJsonObject(said) ? { ...said, ...part } : said];
      });
      return { ...option, properties: Object.fromEntries(properties) as { [key: string]: Json } };
    }),
  };
}
