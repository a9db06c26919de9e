/**
 * What a receiver is given when a task changes hands: its first messages, within the tokens that it may have, and
 * the manifest of what was kept, summarised and dropped. What is pinned goes whole or not at all.
 */
import { defined } from '../../contracts/data/defined.js';
import type { ContextManifest, ManifestPart } from '../../contracts/handoff/context-manifest.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import type { Message, UserMessage } from '../../contracts/handoff/messages.js';
import { countMessage, type Tokenizer } from '../../models/model/tokens.js';
import { chooseHistory, HISTORY_TITLE, SUMMARY_TITLE, type Selection } from './history.js';
import { quote, toUnits, type Unit } from './quote.js';
import { buildTaskSections, type Section } from './task-sections.js';

export interface ComposeInput {
  readonly envelope: Envelope;
  /** The sender's conversation at the envelope's head; empty where there is none. */
  readonly history: readonly Message[];
  /** How many tokens the context may have; undefined where nothing bounds it. */
  readonly budget: number | undefined;
  readonly tokenizer: Tokenizer;
  /** The summaries of the sender's conversation that are stored, by their size. */
  readonly summaryOf?: (maxTokens: number) => string | undefined;
}

export type Composed =
  | {
      readonly kind: 'composed';
      /** The quoted conversation first, the task last. */
      readonly messages: readonly UserMessage[];
      readonly manifest: ContextManifest;
    }
  /** The history does not fit, and no summary of this size is stored yet. */
  | { readonly kind: 'needs-summary'; readonly maxTokens: number }
  /** What is pinned does not fit: the receiver must not be asked. */
  | {
      readonly kind: 'does-not-fit';
      readonly tokens: number;
      readonly maxTokens: number;
      /** In words that a sender can use. */
      readonly problem: string;
    };

export function composeContext(input: ComposeInput): Composed {
  const { envelope, budget, tokenizer } = input;
  const sections = buildTaskSections(envelope);
  const task = buildTaskMessage(envelope);
  const pinned = countMessage(task, tokenizer);
  if (budget !== undefined && pinned > budget) return doesNotFit(input, sections, pinned, budget);
  const head = envelope.context?.head ?? '';
  const units = toUnits(input.history, envelope.to);
  const choice = chooseHistory({
    units,
    policy: envelope.context ?? {},
    room: budget === undefined ? undefined : budget - pinned,
    head,
    tokenizer,
    summaryOf: input.summaryOf ?? (() => undefined),
  });
  if (choice.kind === 'needs-summary') return choice;
  const context = buildContextMessages(choice, head);
  const messages = [...context, task];
  const manifest: ContextManifest = {
    v: 1,
    id: envelope.id,
    ...defined({ maxTokens: budget }),
    tokens: messages.reduce((sum, message) => sum + countMessage(message, tokenizer), 0),
    countedBy: tokenizer.name,
    parts: [
      ...sections.map((section) => toPinnedPart(section, tokenizer)),
      ...listWithheldParts(envelope),
      ...listHistoryParts(choice, tokenizer),
    ],
  };
  return { kind: 'composed', messages, manifest };
}

/** The message by which an agent learns its task; `data` is the task as an algorithm reads it. */
export function buildTaskMessage(envelope: Envelope): UserMessage {
  const content = buildTaskSections(envelope)
    .map(({ text }) => text)
    .join('\n\n');
  const { input: data, terms } = envelope;
  return { role: 'user', source: 'task', content, data, ...defined({ terms }) };
}

function buildContextMessages({ kept, summary }: Selection, head: string): UserMessage[] {
  const message = (units: readonly Pick<Unit, 'text'>[], title: string): UserMessage => ({
    role: 'user',
    source: 'context',
    content: quote(units, { head, title }),
  });
  return [
    ...(summary === undefined ? [] : [message([{ text: summary }], SUMMARY_TITLE)]),
    ...(kept.length === 0 ? [] : [message(kept, HISTORY_TITLE)]),
  ];
}

function listHistoryParts(
  { kept, summarized, summary = '', dropped: left, withheld }: Selection,
  tokenizer: Tokenizer,
) {
  const parts: ManifestPart[] = [];
  if (kept.length > 0) parts.push({ part: renderHistoryPart(kept), fate: 'kept', tokens: sumTokens(kept) });
  if (summarized.length > 0)
    parts.push({ part: renderHistoryPart(summarized), fate: 'summarized', tokens: tokenizer.count(summary) });
  if (left.length > 0) parts.push(toDropped(renderHistoryPart(left), sumTokens(left)));
  if (withheld.length > 0)
    parts.push({ part: renderHistoryPart(withheld), fate: 'withheld', tokens: sumTokens(withheld) });
  return parts;
}

/** What the contract kept from travelling: it never came here, so that it is known by its number alone. */
function listWithheldParts({ context }: Envelope): ManifestPart[] {
  const { withheld = 0 } = context ?? {};
  return withheld === 0 ? [] : [{ part: `settled earlier: ${withheld}`, fate: 'withheld', tokens: 0 }];
}

function renderHistoryPart(units: readonly Unit[]): string {
  const messages = units.reduce((sum, unit) => sum + unit.messages, 0);
  return `history: ${messages} ${messages === 1 ? 'message' : 'messages'}`;
}

function sumTokens(units: Selection['kept']): number {
  return units.reduce((sum, { tokens }) => sum + tokens, 0);
}

function toPinnedPart({ part, text, fate }: Section, { count }: Tokenizer): ManifestPart {
  return { part, fate: fate ?? 'kept', tokens: count(text), pinned: true };
}

function toDropped(part: string, tokens: number): ManifestPart {
  return { part, fate: 'dropped', tokens };
}

function doesNotFit(
  { envelope, tokenizer }: ComposeInput,
  sections: readonly Section[],
  tokens: number,
  maxTokens: number,
): Composed {
  const largest = sections
    .map(({ part, text }) => ({ part, tokens: tokenizer.count(text) }))
    .toSorted((a, b) => b.tokens - a.tokens)
    .slice(0, 4)
    .map((part) => `${part.part} ${part.tokens}`);
  const problem =
    `What ${envelope.to} must be given has ${tokens} tokens, and ${maxTokens} fit (${largest.join(', ')}). ` +
    'Nothing of it may be left out: shorten it, or pass what is large by reference.';
  return { kind: 'does-not-fit', tokens, maxTokens, problem };
}
