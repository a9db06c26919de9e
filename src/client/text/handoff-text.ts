/** The outcome of an offered task as text. */
import type { RoutedBy } from '../../contracts/handoff/envelope.js';
import type { TimelineEvent, OfferEvent } from '../../contracts/wire/timeline.js';

type EventOf<K extends TimelineEvent['kind']> = Extract<TimelineEvent, { kind: K }>;

/** The source of the choice of the receiver. */
export const CHOSEN_BY: Readonly<Record<RoutedBy, string>> = {
  agent: 'in its own turn',
  code: 'by the orchestration',
  person: 'by a person',
  rules: 'by rules',
  classifier: 'by a classifier',
  similarity: 'by similarity',
  fallback: 'by the declared fallback',
  misrouted: 'as its receiver named somebody better',
  recovery: 'by the recovery policy',
};

export function describeHandoff(event: OfferEvent): EventText {
  const { kind, from, to, by, trigger, contract, preview } = event;
  const how = [CHOSEN_BY[by], ...(trigger === 'specialization' ? [] : [trigger]), contract].join(', ');
  const text =
    kind === 'handoff' ? `receives the task from ${from} (${how})` : `gets a task from ${from}: ${preview}`;
  return { who: to, text, tone: 'plain' };
}

export function describeGrant({ to: who, permissions, contract }: EventOf<'granted'>): EventText {
  return { who, text: `is granted ${permissions.join(', ')} by ${contract}`, tone: 'wait' };
}

/** Names the dropped parts and counts the kept ones. */
export function describeContext({ agent: who, manifest }: EventOf<'context'>): EventText {
  const { tokens, maxTokens, parts } = manifest;
  const less = parts.filter(({ fate }) => fate === 'summarized' || fate === 'dropped');
  const left = less.map(({ part, fate }) => `; ${part} ${fate}`).join('');
  const most = maxTokens === undefined ? '' : ` of ${maxTokens}`;
  return { who, text: `reads a prompt of ${tokens}${most} tokens${left}`, tone: 'plain' };
}

export function describeAcceptance({ by: who, items, owner }: EventOf<'accepted'>): EventText {
  const has = items.length === 0 ? '' : `, has ${items.join(', ')}`;
  return { who, text: `takes the task on${has}; ${owner} is responsible`, tone: 'good' };
}

export function describeClarification({ by: who, answers }: EventOf<'clarification'>): EventText {
  const said = answers.map(({ question, answer, by }) => `${question} ${by}: ${answer}`);
  return { who, text: `asked first: ${said.join('; ')}`, tone: 'wait' };
}

export function describeDeclined({ by: who, reason, code }: EventOf<'declined'>): EventText {
  return { who, text: `declines: ${reason}${code ? ` [${code}]` : ''}`, tone: 'bad' };
}

export function describeMisrouted({ by: who, to, reason }: EventOf<'misrouted'>): EventText {
  return { who, text: `says ${to} should have it: ${reason}`, tone: 'wait' };
}

export function describeReturn({ to: who, reason }: EventOf<'sent-back'>): EventText {
  return { who, text: `continues: ${reason}`, tone: 'wait' };
}

export interface EventText {
  /** The participant that the text is about. */
  readonly who: string;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'wait';
}
