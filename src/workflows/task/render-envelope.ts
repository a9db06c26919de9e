/** What a person is shown of a task that they are handed: everything an agent would be given, as Markdown. */
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { indented, inOneLine, jsonText } from '../../contracts/data/untrusted-text.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { settled } from '../../contracts/handoff/settled-facts.js';

/** The parts of an envelope that a person reads. */
export type HandedOver = Pick<Envelope, 'input'> & Partial<Envelope>;

/** From whom and why, the task, what was passed, what is settled, what is open. Empty parts are left out. */
export function renderHandedOver(envelope: HandedOver): string {
  const { from, trigger, routing, redirectedBy, guidance, instructions, task, summary, carried } = envelope;
  const known = settled(carried, summary);
  const why = routing?.reason === undefined ? '' : `: ${routing.reason}`;
  const parts = [
    from === undefined ? '' : `Handed over by **${from}**${trigger ? ` (${trigger}${why})` : ''}.`,
    redirectedBy === undefined ? '' : `Moved here by ${indented(redirectedBy, '> ')}`,
    guidance === undefined ? '' : section('What went wrong before', quoted(guidance)),
    task === undefined ? '' : section('The task', quoted(task.goal)),
    task === undefined ? '' : section('What is expected', quoted(task.expected)),
    section('It is done when', list(task?.acceptance)),
    instructions === undefined ? '' : section('What to do next', quoted(instructions)),
    section('What was handed over', renderJson(envelope.input)),
    section('Already done', list(known.done)),
    section('Decided', list(known.decisions.map(decisionInWords))),
    section('Already answered', list(known.answered.map(answerInWords))),
    section('To know', list(known.needToKnow)),
    section('Open', list(known.open)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A value as somebody reads it: a text itself, an object by its parts. */
export function renderJson(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (!isJsonObject(value)) return code(value);
  return Object.entries(value)
    .map(([name, part]) =>
      typeof part === 'object' && part !== null
        ? `- ${inOneLine(name)}:\n\n  ${indented(code(part), '  ')}`
        : indented(`- ${name}: ${String(part)}`, '  '),
    )
    .join('\n');
}

/** A headed part of a text in Markdown; nothing where it would be empty. */
export function section(title: string, text: string): string {
  return text === '' ? '' : `**${title}**\n\n${text}`;
}

/** A list in Markdown; nothing where it would be empty. */
export function list(items: readonly string[] = []): string {
  return items.map((item) => `- ${inOneLine(item)}`).join('\n');
}

function decisionInWords({ decision, reason }: { decision: string; reason: string }): string {
  return reason === '' ? decision : `${decision} (${reason})`;
}

function answerInWords({ question, answer }: { question: string; answer: string }): string {
  return `${question} → ${answer}`;
}

function code(value: Json): string {
  return ['```json', jsonText(value, 2), '```'].join('\n');
}

/** A plain line as it is, anything else as a block quote: it cannot pass for a heading or an item. */
function quoted(text: string): string {
  const lines = indented(text.trim(), '> ');
  return lines === '' || /^[\p{L}\p{N}].*$/u.test(lines) ? lines : `> ${lines}`;
}
