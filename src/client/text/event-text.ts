/** One timeline event as text. */
import { getOptionWords } from './option-words.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { formatDeadline } from './time.js';
import {
  describeAcceptance,
  describeClarification,
  describeContext,
  describeDeclined,
  describeGrant,
  describeMisrouted,
  describeReturn,
  describeHandoff,
  type EventText,
} from './handoff-text.js';

type Texts = {
  readonly [K in TimelineEvent['kind']]: (event: Extract<TimelineEvent, { kind: K }>) => EventText;
};

const TEXTS: Texts = {
  'run-started': ({ workflow, continues }) => ({
    who: workflow,
    text: continues === undefined ? 'the run begins' : `the run continues ${continues}`,
    tone: 'plain',
  }),
  delegated: describeHandoff,
  handoff: describeHandoff,
  granted: describeGrant,
  context: describeContext,
  accepted: describeAcceptance,
  clarification: describeClarification,
  declined: describeDeclined,
  misrouted: describeMisrouted,
  'sent-back': describeReturn,
  routed: (event) => ({
    who: event.router,
    text: describeRoute(event),
    tone: event.by === 'fallback' ? 'wait' : 'plain',
  }),
  turn: ({ agent, turn, move }) => ({ who: agent, text: `turn ${turn}: ${move}`, tone: 'plain' }),
  repair: ({ agent, problem }) => ({
    who: agent,
    text: `gave an answer that cannot be used: ${problem}`,
    tone: 'wait',
  }),
  tool: describeTool,
  returned: ({ from, to }) => ({ who: from, text: `gives control back to ${to}`, tone: 'plain' }),
  asked: (event) => ({
    who: event.askedBy,
    text: `asks a person: ${event.question}${describeConfidence(event)}${event.deadline ? ` Until ${formatDeadline(event.deadline)}.` : ''}`,
    tone: 'wait',
  }),
  voted: describeVote,
  decided: describeDecided,
  edited: ({ by, revision, reason }) => ({
    who: by,
    text: `edited the action, now revision ${revision}${reason ? `: ${reason}` : ''}`,
    tone: 'wait',
  }),
  'asked-back': describeAskedBack,
  expired: () => ({ who: 'nobody', text: 'decided before the deadline; nothing was done', tone: 'bad' }),
  claimed: ({ by: who, option }) => ({
    who,
    text: option === 'claim' ? 'looks into it' : 'gives it back',
    tone: 'plain',
  }),
  reminded: () => ({ who: 'nobody', text: 'has decided yet; a reminder is sent', tone: 'wait' }),
  escalated: ({ roles }) => ({
    who: 'nobody',
    text: `has decided yet; escalated to ${roles.join(' and ')}`,
    tone: 'wait',
  }),
  recovery: describeRecovery,
  note: ({ text, code }) => ({ who: 'note', text: text + (code ? ` [${code}]` : ''), tone: 'wait' }),
  'run-ended': describeEnd,
};

export function describeEvent(event: TimelineEvent): EventText {
  // Each kind has its own text, and the kind alone determines which.
  const text = TEXTS[event.kind] as (of: TimelineEvent) => EventText;
  return text(event);
}

function describeAskedBack(event: Extract<TimelineEvent, { kind: 'asked-back' }>): EventText {
  const { by, questions, answers, answeredBy = 'nobody', problem } = event;
  if (problem !== undefined)
    return { who: 'nobody', text: `answers ${by}, and the request stays open: ${problem}`, tone: 'wait' };
  if (answers === undefined)
    return { who: by, text: `asks before deciding: ${questions.join(' ')}`, tone: 'wait' };
  const told = answers.map((answer) => answer ?? 'It does not know.').join(' ');
  return { who: answeredBy, text: `answers ${by}: ${told}`, tone: 'plain' };
}

function describeEnd({ outcome, code, message }: Extract<TimelineEvent, { kind: 'run-ended' }>): EventText {
  if (outcome === 'completed') return { who: 'the run', text: 'is completed', tone: 'good' };
  return { who: 'the run', text: `failed${code ? ` [${code}]` : ''}: ${message ?? ''}`, tone: 'bad' };
}

function describeRecovery({
  step,
  agent: who,
  cause,
  to = '',
}: Extract<TimelineEvent, { kind: 'recovery' }>): EventText {
  const steps: Readonly<Record<typeof step, string>> = {
    alternative: `${to} is to do it instead`,
    agent: `${to} decides about the recovery`,
    person: 'a person decides about the recovery',
    retry: `${to} is to try again`,
    resolved: `${to} gives the result instead`,
    end: 'what is declared as the end follows',
  };
  return {
    who,
    text: `failed [${cause.code}]: ${cause.message} → ${steps[step]}`,
    tone: step === 'resolved' ? 'good' : step === 'end' ? 'bad' : 'wait',
  };
}

function describeDecided(event: Extract<TimelineEvent, { kind: 'decided' }>): EventText {
  const { by: who, option, to, reason, questions, identity, via } = event;
  return {
    who,
    text: `decided "${option}"${to ? ` to ${to}` : ''}${reason ? `: ${reason}` : ''}${questions ? `: ${questions.join(' ')}` : ''} (${identity} identity, by ${via})`,
    tone: getOptionWords(option).tone === 'no' ? 'bad' : 'good',
  };
}

function describeVote({
  by: who,
  option,
  votes,
  identity,
}: Extract<TimelineEvent, { kind: 'voted' }>): EventText {
  const count = votes ? `${votes.have} of ${votes.need} needed; ` : '';
  return { who, text: `said "${option}" (${count}${identity} identity)`, tone: 'wait' };
}

function describeRoute({
  to,
  by,
  confidence,
  reason,
  tried,
}: Extract<TimelineEvent, { kind: 'routed' }>): string {
  const where = to === 'keep' ? 'keeps it' : `chooses ${to}`;
  const sure = confidence === undefined ? '' : ` ${confidence.toFixed(2)}`;
  const others = tried
    .filter(({ decided }) => !decided)
    .map(({ router, to: guess, confidence: guessed, problem }) =>
      problem !== undefined
        ? `${router} failed`
        : guess === undefined
          ? `${router}: nothing`
          : `${router}: ${guess} ${(guessed ?? 0).toFixed(2)}`,
    );
  const before = others.length > 0 ? `; not sure: ${others.join(', ')}` : '';
  return `${where} (by ${by}${sure}${reason ? `: ${reason}` : ''}${before})`;
}

function describeConfidence({ confidence }: Extract<TimelineEvent, { kind: 'asked' }>): string {
  return confidence === undefined ? '' : ` It is ${confidence} sure of it.`;
}

function describeTool(event: Extract<TimelineEvent, { kind: 'tool' }>): EventText {
  const { agent: who, tool, outcome, preview } = event;
  switch (outcome) {
    case 'done':
      return { who, text: `${tool}: ${preview}`, tone: 'plain' };
    case 'refused':
      return { who, text: `${tool} was not carried out: ${preview}`, tone: 'bad' };
    case 'failed':
      return { who, text: `${tool} failed: ${preview}`, tone: 'bad' };
    case 'unknown-outcome':
      return {
        who,
        text: `${tool} began at ${preview}, and its outcome is unknown`,
        tone: 'bad',
      };
  }
}
