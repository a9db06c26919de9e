/**
 * Recovery after a task fails for good. A team declares the policy and an agent can override it. Both are checked at
 * definition time.
 */
import { defined } from '../data/defined.js';
import type { AgentRecovery, RecoveryAgent, RecoveryPerson } from './agent.js';
import { type BatonError, type ErrorCode, createDefinitionError } from '../errors.js';
import type { AnyParticipant } from './participant.js';
import { hasSameShape } from './same-shape.js';
import { planWaiting } from './waiting-times.js';

/** A team's recovery policy. The steps run in this order; each runs if the previous one did not help. */
export interface TeamRecovery {
  /** Replacements for the same task, by the name of the participant that failed. */
  readonly alternatives?: Readonly<Record<string, AnyParticipant>>;
  /** Receives the failure report. It resolves the task, retries it or escalates it. */
  readonly agent?: RecoveryAgent;
  /** Asks a person to decide: `true` for anyone. */
  readonly person?: boolean | RecoveryPerson;
  /** The result when recovery is exhausted; default `fail`, with the first error. */
  readonly end?: 'fail';
}

/** The policy of one participant: the team's, with the participant's own fields on top. */
export interface RecoveryPolicy {
  readonly alternative?: AnyParticipant;
  readonly agent?: RecoveryAgent;
  readonly person?: RecoveryPerson;
  readonly end: NonNullable<AgentRecovery['end']>;
}

/**
 * Failures that the participant or its dependencies cause. A rejection, an abort and an exhausted budget are not
 * recoverable.
 */
const RECOVERABLE: readonly ErrorCode[] = [
  'OUTPUT_INVALID',
  'TURN_LIMIT',
  'MODEL_NOT_CONFIGURED',
  'MODEL_UNAVAILABLE',
  'MODEL_RATE_LIMITED',
  'MODEL_REQUEST_REJECTED',
  'MODEL_UNAUTHORIZED',
  'MODEL_NOT_FOUND',
  'MODEL_QUOTA_EXHAUSTED',
  'MODEL_REFUSED',
  'STEP_FAILED',
  'TOOL_FAILED',
  'CONTRACT_VIOLATED',
  'CONTRACT_VERSION',
  'CONTEXT_TOO_LARGE',
  'HANDOFF_DECLINED',
  'HANDOFF_UNCLEAR',
  'HANDOFF_MISROUTED',
];

export function isRecoverable(code: ErrorCode): boolean {
  return RECOVERABLE.includes(code);
}

/** The policy for a participant; undefined if none is declared, so that the failure stays as it was. */
export function findRecovery(
  team: TeamRecovery | undefined,
  party: AnyParticipant,
): RecoveryPolicy | undefined {
  const own = party.kind === 'agent' ? party.recovery : undefined;
  if (own === 'none' || (own === undefined && team === undefined)) return undefined;
  const alternative = own?.alternative ?? team?.alternatives?.[party.name];
  const agent = own?.agent ?? team?.agent;
  const person = readRecoveryPerson(own?.person ?? team?.person);
  return {
    ...defined({ alternative, agent, person }),
    end: own?.end ?? team?.end ?? 'fail',
  };
}

/** Whether another agent replaces this one on failure. If so, the model's provider gets less time. */
export function hasFallback(team: TeamRecovery | undefined, party: AnyParticipant): boolean {
  const policy = findRecovery(team, party);
  return (
    policy?.alternative !== undefined || (policy?.agent !== undefined && policy.agent.name !== party.name)
  );
}

function readRecoveryPerson(person: boolean | RecoveryPerson | undefined): RecoveryPerson | undefined {
  if (person === undefined || person === false) return undefined;
  return person === true ? {} : person;
}

/**
 * Checks a recovery policy.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a participant that is not on the team, an alternative with another input or
 * output, a cycle of alternatives, or a bad deadline.
 */
export function assertRecovery(
  team: string,
  members: readonly AnyParticipant[],
  recovery: TeamRecovery | undefined,
): void {
  const names = new Set(members.map(({ name }) => name));
  const named = Object.keys(recovery?.alternatives ?? {});
  const stranger = named.find((name) => !names.has(name));
  if (stranger !== undefined) throw createRecoveryError(team, `names ${stranger}, who is not on the team`);
  if (typeof recovery?.person === 'object') planWaiting(recovery.person, `team ${team}, recovery.person`);
  const next = new Map<string, string>();
  for (const member of members) {
    const alternative = findRecovery(recovery, member)?.alternative;
    if (alternative === undefined) continue;
    if (!names.has(alternative.name))
      throw createRecoveryError(
        team,
        `gives ${member.name} the alternative ${alternative.name}, who is not on the team`,
      );
    if (!hasSameShape(member, alternative))
      throw createRecoveryError(
        team,
        `gives ${member.name} the alternative ${alternative.name}, which does not take the same input and give the same output`,
      );
    next.set(member.name, alternative.name);
  }
  for (const name of next.keys()) assertNoCircle(team, name, next);
}

function assertNoCircle(team: string, first: string, next: ReadonlyMap<string, string>): void {
  const seen = [first];
  for (let name = next.get(first); name !== undefined; name = next.get(name)) {
    if (seen.includes(name)) {
      const circle = [...seen.slice(seen.indexOf(name)), name].join(' → ');
      throw createRecoveryError(team, `has alternatives that go in a circle: ${circle}`);
    }
    seen.push(name);
  }
}

function createRecoveryError(team: string, what: string): BatonError {
  return createDefinitionError(`team ${team}: its recovery policy ${what}.`, { team });
}
