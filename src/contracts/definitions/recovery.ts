/** What follows when a task fails for good: declared once for a team, overridden by an agent, checked where it is declared. */
import { defined } from '../data/defined.js';
import type { AgentRecovery, RecoveryAgent, RecoveryPerson } from './agent.js';
import { type BatonError, type ErrorCode, createDefinitionError } from '../errors.js';
import type { AnyParticipant } from './participant.js';
import { hasSameShape } from './same-shape.js';
import { planWaiting } from './waiting-times.js';

/** A team's recovery policy. The steps come in this order; each is taken when the one before has not helped. */
export interface TeamRecovery {
  /** Who does the same task in whose place, by the name of who failed. */
  readonly alternatives?: Readonly<Record<string, AnyParticipant>>;
  /** Gets the failure report, and resolves the task, has it tried again, or escalates. */
  readonly agent?: RecoveryAgent;
  /** A person decides: `true` for anybody. */
  readonly person?: boolean | RecoveryPerson;
  /** What follows when nothing helped; default `fail`, with the error that came first. */
  readonly end?: 'fail';
}

/** What holds for one party: the team's policy with its own put over it. */
export interface RecoveryPolicy {
  readonly alternative?: AnyParticipant;
  readonly agent?: RecoveryAgent;
  readonly person?: RecoveryPerson;
  readonly end: NonNullable<AgentRecovery['end']>;
}

/** Failures of a party's own doing, or of what it depends on. A person's no, an abort and a spent budget are not. */
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

/** The policy for a party; undefined when none is declared, so that a failure is what it was. */
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

/** Whether another agent takes over where this one fails: then its model's provider is not waited for so long. */
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
 * Refuses a policy that cannot be carried out.
 *
 * @throws {BatonError} `BAD_DEFINITION` for somebody who is not on the team, an alternative that takes or gives
 * something else, alternatives that go in a circle, or a bad deadline.
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
