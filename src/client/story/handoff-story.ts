/** One handoff in a run's timeline: sender, receiver, contract and outcome. */
import { defined } from '../../contracts/data/defined.js';
import type { Story } from '../../schemas/documents/story.js';
import type { HandoffStory } from '../../schemas/documents/handoff.js';
import { type BatonError, createUsageError } from '../../contracts/errors.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

type EventOf<K extends TimelineEvent['kind']> = Extract<TimelineEvent, { kind: K }>;

/**
 * The n-th handoff of a run.
 *
 * @throws {BatonError} `BAD_USAGE` if the run has had fewer.
 */
export function findHandoff(story: Story, number: number): HandoffStory {
  const { workflowId, runId, timeline } = story;
  const handoffs = timeline.filter(isOffer);
  const handoff = handoffs[number - 1];
  if (handoff === undefined) throw createUnknownHandoffError(workflowId, number, handoffs.length);
  const about = timeline.filter((event) => 'handoff' in event && event.handoff === handoff.handoff);
  const context = findLast(about, 'context')?.manifest;
  return {
    workflowId,
    runId,
    number,
    of: handoffs.length,
    ...handoff,
    ...findOutcome(story, handoff, about),
    clarifications: about.flatMap((event) => (event.kind === 'clarification' ? event.answers : [])),
    ...defined({ context }),
  };
}

type Outcome = Pick<HandoffStory, 'state' | 'acceptance' | 'refusal'>;

function findOutcome(
  { timeline }: Story,
  { path, to, owner, kind }: EventOf<'delegated' | 'handoff'>,
  about: readonly TimelineEvent[],
): Outcome {
  const accepted = findLast(about, 'accepted');
  const declined = findLast(about, 'declined');
  const misrouted = findLast(about, 'misrouted');
  const sentBack = findLast(about, 'sent-back');
  // Without a declared contract, the first usable answer accepts a delegated task.
  const turn = timeline.find((event) => event.kind === 'turn' && event.path === path && event.agent === to);
  const first = kind === 'delegated' && turn !== undefined ? { at: turn.at, items: [], owner } : undefined;
  const taken = accepted ?? first;
  const refused = sentBack ?? misrouted ?? declined;
  if (refused === undefined)
    return taken ? { state: 'accepted', acceptance: pickAcceptance(taken) } : findFailure(timeline, path, to);
  const { at, reason } = refused;
  return {
    state: refused.kind,
    refusal: {
      at,
      reason,
      ...('to' in refused ? { to: refused.to } : {}),
      ...(declined?.code === undefined ? {} : { code: declined.code }),
    },
  };
}

/** A receiver that never accepted has failed if others continue without it, or if the run has ended. */
function findFailure(timeline: readonly TimelineEvent[], path: string, to: string): Outcome {
  const mended = timeline.find(
    (event) => event.kind === 'recovery' && event.path === path && event.agent === to,
  );
  if (mended?.kind === 'recovery') {
    const { at, cause } = mended;
    return { state: 'failed', refusal: { at, reason: cause.message, code: cause.code } };
  }
  const failed = timeline.find(
    (event) => event.kind === 'note' && event.path === path && event.code !== undefined,
  );
  if (failed?.kind === 'note') {
    const { at, text: reason, code = 'STEP_FAILED' } = failed;
    return { state: 'failed', refusal: { at, reason, code } };
  }
  const ended = findLast(timeline, 'run-ended');
  if (ended === undefined) return { state: 'offered' };
  const { at, code, message = 'The run ended before the task was accepted.' } = ended;
  return { state: 'failed', refusal: { at, reason: message, ...defined({ code }) } };
}

function pickAcceptance({ at, items, owner }: NonNullable<HandoffStory['acceptance']>) {
  return { at, items, owner };
}

function isOffer(event: TimelineEvent): event is EventOf<'delegated' | 'handoff'> {
  return event.kind === 'delegated' || event.kind === 'handoff';
}

function findLast<K extends TimelineEvent['kind']>(
  events: readonly TimelineEvent[],
  kind: K,
): EventOf<K> | undefined {
  return events.findLast((event): event is EventOf<K> => event.kind === kind);
}

function createUnknownHandoffError(workflowId: string, number: number, count: number): BatonError {
  const has = count === 0 ? 'has handed nothing off yet' : `has ${count}: give a number from 1 to ${count}`;
  return createUsageError(`There is no handoff ${number} in run ${workflowId}, which ${has}.`, {
    run: workflowId,
    handoffs: count,
  });
}
