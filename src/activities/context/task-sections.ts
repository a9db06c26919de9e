/**
 * The task as a receiver reads it: who hands it off, what the receiver should do, what was handed off, what is settled.
 * Each part is a separate section, so that each can be counted. Text from others cannot pass for a heading: data is JSON,
 * and further lines of a text are indented. An input without any additions is the message itself.
 */
import { formatItemId } from '../../contracts/definitions/contract.js';
import { type Envelope, type TaskDescription } from '../../contracts/handoff/envelope.js';
import type { Json } from '../../contracts/data/json.js';
import { formatAnswer } from '../../contracts/handoff/answers.js';
import { mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';
import { indentText, toJsonText } from '../../contracts/data/untrusted-text.js';
import { toMemoryToolName, formatReference } from '../../contracts/handoff/memory-reference.js';

/** A part of the task's message. */
export interface Section {
  /** Its name in the manifest. */
  readonly part: string;
  readonly text: string;
  /** Set when the text only names what the receiver can read, or says that something is missing. */
  readonly fate?: 'reference' | 'dropped';
}

/** The sections in their order. All of them are pinned: a receiver gets all of them or is not asked. */
export function buildTaskSections(envelope: Envelope): Section[] {
  const { input, task, required = [], instructions, guidance } = envelope;
  const around = [
    ...toSection('task', task && renderTask(task)),
    ...toSection('instructions', instructions && `Next step: ${formatItem(instructions)}`),
    ...toSection('guidance', guidance && `Previous attempt: ${formatItem(guidance)}`),
    { part: 'payload', text: '' },
    ...toSection(
      `required items: ${required.length}`,
      required.length > 0 &&
        `Required items (name each one when you accept): ${required.map(formatItemId).join(', ')}`,
    ),
    ...buildMemorySections(envelope),
    ...buildSettledSections(envelope),
  ];
  const isMore = around.length > 1;
  const head = renderOpening(envelope, isMore);
  const text = isMore ? indentInput(input) : head === '' ? renderAlone(input) : renderBelow(input);
  const sections = around.map((section) => (section.part === 'payload' ? { ...section, text } : section));
  return head === '' ? sections : [{ part: 'sender', text: head }, ...sections];
}

/** Data in one line, to save tokens. */
function indentInput(input: Json): string {
  return typeof input === 'string'
    ? `Handed off: ${indentText(input, '  ')}`
    : `Handed off:\n${toJsonText(input)}`;
}

function renderBelow(input: Json): string {
  return typeof input === 'string' ? `  ${indentText(input, '  ')}` : renderAlone(input);
}

function renderAlone(input: Json): string {
  return typeof input === 'string' ? input : toJsonText(input, 2);
}

function renderOpening({ control, from, redirectedBy }: Envelope, isMore: boolean): string {
  const moved =
    redirectedBy === undefined ? '' : ` The task was redirected to you by ${formatItem(redirectedBy)}`;
  if (control === 'handoff') return `You take over from ${from}.${moved}${isMore ? '' : ' Your task:'}`;
  if (isMore) return `${from} delegates a task to you. Your result returns to the sender.${moved}`;
  return moved.trim();
}

function renderTask({ goal, expected, acceptance }: TaskDescription): string {
  const lines = [
    ...(goal === '' ? [] : [`Goal: ${formatItem(goal)}`]),
    ...(expected === '' ? [] : [`Expected: ${formatItem(expected)}`]),
  ];
  const accepted = list('Accepted when', acceptance);
  return [...lines, ...(accepted === '' ? [] : [accepted])].join('\n');
}

function buildSettledSections({ carried, summary }: Envelope): Section[] {
  const { done, decisions, answered, open, needToKnow, forgotten = 0 } = mergeSettledFacts(carried, summary);
  const again = new Set(answered.map(({ question }) => question)).size < answered.length;
  return [
    ...toSection(`done: ${done.length}`, list('Already done (do not repeat)', done)),
    ...toSection(
      `decisions: ${decisions.length}`,
      list(
        'Decided (do not change)',
        decisions.map(({ decision, reason }) => (reason === '' ? decision : `${decision} (${reason})`)),
      ),
    ),
    ...toSection(
      `answered: ${answered.length}`,
      list(
        `Answered (do not ask again${again ? '; the last answer to a question counts' : ''})`,
        answered.map(formatAnswer),
      ),
    ),
    ...toSection(`need to know: ${needToKnow.length}`, list('Facts to know', needToKnow)),
    ...toSection(`open: ${open.length}`, list('Open points', open)),
    ...toSection(
      `no longer carried: ${forgotten}`,
      forgotten > 0 && `Older settled facts that are no longer listed: ${forgotten}`,
    ).map((section) => ({ ...section, fate: 'dropped' as const })),
  ];
}

/** The references to the shared memory that are handed off, and how to read them. */
function buildMemorySections({ memory = [] }: Envelope): Section[] {
  const namespaces = [...new Set(memory.map(({ namespace }) => namespace))];
  const tools = namespaces.map((namespace) => toMemoryToolName('recall', namespace)).join(', ');
  const text = `In the shared memory (read with ${tools}): ${memory.map(formatReference).join(', ')}`;
  return memory.length === 0 ? [] : [{ part: `memory: ${memory.length}`, text, fate: 'reference' }];
}

function toSection(part: string, text: string | false | undefined): Section[] {
  return text ? [{ part, text }] : [];
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`${title}:`, ...items.map((text) => `- ${formatItem(text)}`)].join('\n');
}

function formatItem(text: string): string {
  return indentText(text.trim(), '  ');
}
