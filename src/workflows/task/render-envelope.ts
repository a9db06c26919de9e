/** Renders a task for the person who receives it: everything that an agent would get, as Markdown. */
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { indentText, toOneLine, toJsonText } from '../../contracts/data/untrusted-text.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { formatAnswer } from '../../contracts/handoff/answers.js';
import { mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';

/** The parts of an envelope that a person reads. */
export type EnvelopeForReaders = Pick<Envelope, 'input'> & Partial<Envelope>;

/** The sender and reason, the task, the input, the settled facts, the open items. Empty parts are left out. */
export function renderEnvelope(envelope: EnvelopeForReaders): string {
  const { from, trigger, routing, redirectedBy, guidance, instructions, task, summary, carried } = envelope;
  const known = mergeSettledFacts(carried, summary);
  const why = routing?.reason === undefined ? '' : `: ${routing.reason}`;
  const parts = [
    from === undefined ? '' : `Handed off by **${from}**${trigger ? ` (${trigger}${why})` : ''}.`,
    redirectedBy === undefined ? '' : `Redirected to you by ${indentText(redirectedBy, '> ')}`,
    guidance === undefined ? '' : renderSection('Previous attempt', quoteText(guidance)),
    task === undefined ? '' : renderSection('The task', quoteText(task.goal)),
    task === undefined ? '' : renderSection('Expected result', quoteText(task.expected)),
    renderSection('Done when', renderList(task?.acceptance)),
    instructions === undefined ? '' : renderSection('Next step', quoteText(instructions)),
    renderSection('Handed off', renderJson(envelope.input)),
    renderSection('Already done', renderList(known.done)),
    renderSection('Decided', renderList(known.decisions.map(describeDecision))),
    renderSection('Already answered', renderList(known.answered.map(formatAnswer))),
    renderSection('Facts to know', renderList(known.needToKnow)),
    renderSection('Open points', renderList(known.open)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A value for reading: a text unchanged, an object by its parts. */
export function renderJson(value: Json): string {
  if (typeof value === 'string') return quoteText(value);
  if (!isJsonObject(value)) return formatCode(value);
  return Object.entries(value)
    .map(([name, part]) =>
      typeof part === 'object' && part !== null
        ? `- ${toOneLine(name)}:\n\n  ${indentText(formatCode(part), '  ')}`
        : indentText(`- ${name}: ${String(part)}`, '  '),
    )
    .join('\n');
}

/** A headed part of a text in Markdown; empty without content. */
export function renderSection(title: string, text: string): string {
  return text === '' ? '' : `**${title}**\n\n${text}`;
}

/** A list in Markdown; empty without items. */
export function renderList(items: readonly string[] = []): string {
  return items.map((item) => `- ${toOneLine(item)}`).join('\n');
}

function describeDecision({ decision, reason }: { decision: string; reason: string }): string {
  return reason === '' ? decision : `${decision} (${reason})`;
}

function formatCode(value: Json): string {
  return ['```json', toJsonText(value, 2), '```'].join('\n');
}

/** A plain line unchanged, other text as a block quote: it cannot pass for a heading or an item. */
function quoteText(text: string): string {
  const lines = indentText(text.trim(), '> ');
  return lines === '' || /^[\p{L}\p{N}].*$/u.test(lines) ? lines : `> ${lines}`;
}
