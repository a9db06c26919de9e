/** A person redirected a task: the same task restarts with another owner. */
import { defined } from '../../contracts/data/defined.js';
import type { ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Json } from '../../contracts/data/json.js';
import { indentText } from '../../contracts/data/untrusted-text.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { parseWith } from '../../contracts/data/schema.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import type { Run } from '../runtime/run.js';
import { findSubstitutes } from '../../contracts/definitions/same-shape.js';
import { listContractsFrom, createUnknownAgentError } from './contract-lookup.js';
import { toTrigger } from './agent-handoff.js';
import { limitMove } from './task-limits.js';
import { moveAsIs, openTask, type Task } from './task.js';

export function redirectTask(
  run: Run,
  { agent, envelope: before, standing: held }: Task,
  result: Extract<AssignmentResult, { kind: 'redirected' }>,
  placeOf: (to: string) => string,
): Task {
  const to = listEligible(run, agent, before.input).find(({ party }) => party.name === result.to);
  if (!to) throw createUnknownAgentError(run, result.to);
  const { party, contract } = to;
  const place = placeOf(party.name);
  const standing = limitMove(held, party, contract);
  // The next owner may hand it back, because the redirection counts as a new result.
  held.loops.noteResult(`redirected at ${place}`);
  const why = result.reason === undefined ? '.' : `: ${indentText(result.reason, '> ')}`;
  return openTask(run, {
    ...moveAsIs(before),
    from: agent.name,
    to: party,
    control: 'handoff',
    routing: { by: 'person', ...defined({ reason: result.reason }) },
    trigger: contract ? toTrigger(contract) : 'specialization',
    place,
    contract,
    standing,
    redirectedBy: `${result.by}${why}${describeDone(agent.name, result.done)}`,
  });
}

/** A participant who may replace the owner, and the contract for it. */
interface Eligible {
  readonly party: AnyParticipant;
  readonly contract?: ContractDefinition;
}

/**
 * The participants that a person may move a task to: all with the same input and output. If a person has the task, also the
 * targets of that person's contracts that accept the input.
 */
export function listEligible(run: Pick<Run, 'team'>, party: AnyParticipant, input: Json): Eligible[] {
  const same = findSubstitutes(run.team, party).map((standIn): Eligible => ({ party: standIn }));
  if (party.kind !== 'human') return same;
  const further = listContractsFrom(run, party)
    .filter(
      ({ to, payload }) => !same.some((each) => each.party.name === to.name) && parseWith(payload, input).ok,
    )
    .map((contract): Eligible => ({ party: contract.to, contract }));
  return [...same, ...further];
}

/** The actions that the next owner must not repeat. */
function describeDone(agent: string, done: readonly string[]): string {
  if (done.length === 0) return '';
  return `\nBefore that, ${agent} has carried out what cannot be undone; do not repeat it: ${done.join('; ')}.`;
}
