/** One thing that happened, in words. */
import type { TimelineEvent } from '../contracts/timeline.js';
import { deadline } from './time.js';

export interface EventText {
  /** Who it is about. */
  readonly who: string;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'wait';
}

/** How a handoff came about. */
const HANDED_OVER = {
  agent: 'in its own turn',
  code: 'by the orchestration',
  person: 'by a person',
} as const;

export function describeEvent(event: TimelineEvent): EventText {
  switch (event.kind) {
    case 'run-started':
      return { who: event.workflow, text: 'the run begins', tone: 'plain' };
    case 'delegated':
      return {
        who: event.to,
        text: `gets a task from ${event.from}: ${event.preview}`,
        tone: 'plain',
      };
    case 'handoff': {
      const by = HANDED_OVER[event.by];
      return {
        who: event.to,
        text: `takes over from ${event.from} (${by}${event.contract ? `, ${event.contract}` : ''})`,
        tone: 'plain',
      };
    }
    case 'routed':
      return { who: event.router, text: routeText(event), tone: event.by === 'fallback' ? 'wait' : 'plain' };
    case 'turn':
      return { who: event.agent, text: `turn ${event.turn}: ${event.move}`, tone: 'plain' };
    case 'repair':
      return { who: event.agent, text: `is asked to repair its answer: ${event.problem}`, tone: 'wait' };
    case 'tool':
      return toolText(event);
    case 'returned':
      return { who: event.from, text: `gives control back to ${event.to}`, tone: 'plain' };
    case 'asked':
      return {
        who: event.askedBy,
        text: `asks a person: ${event.question}${event.deadline ? ` Until ${deadline(event.deadline)}.` : ''}`,
        tone: 'wait',
      };
    case 'decided':
      return decidedText(event);
    case 'edited':
      return {
        who: event.by,
        text: `edited the action, now revision ${event.revision}${event.reason ? `: ${event.reason}` : ''}`,
        tone: 'wait',
      };
    case 'expired':
      return { who: 'nobody', text: 'decided before the deadline; nothing was done', tone: 'bad' };
    case 'note':
      return { who: 'note', text: event.text + (event.code ? ` [${event.code}]` : ''), tone: 'wait' };
    case 'run-ended':
      return endText(event);
  }
}

function endText({ outcome, code, message }: Extract<TimelineEvent, { kind: 'run-ended' }>): EventText {
  if (outcome === 'completed') return { who: 'the run', text: 'is completed', tone: 'good' };
  return { who: 'the run', text: `failed${code ? ` [${code}]` : ''}: ${message ?? ''}`, tone: 'bad' };
}

function decidedText(event: Extract<TimelineEvent, { kind: 'decided' }>): EventText {
  const { by: who, option, to, reason, identity, via } = event;
  return {
    who,
    text: `decided "${option}"${to ? ` to ${to}` : ''}${reason ? `: ${reason}` : ''} (${identity} identity, by ${via})`,
    tone: ['reject', 'abort'].includes(option) ? 'bad' : 'good',
  };
}

function routeText({
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

function toolText(event: Extract<TimelineEvent, { kind: 'tool' }>): EventText {
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
        text: `${tool} began at ${preview}, and nobody knows whether it took place`,
        tone: 'bad',
      };
  }
}
