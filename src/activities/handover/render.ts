/** An envelope as its receiver's model reads it: compact, and in the order in which it is needed. */
import type { Carried, Envelope, SenderSummary } from '../../contracts/envelope.js';
import { itemId } from '../../contracts/envelope.js';

/** A task that was delegated by code, with nothing beside it, stands for itself. */
export function renderEnvelope(envelope: Envelope): string {
  const task = asText(envelope.input);
  const { from, control, redirectedBy, required, task: described, summary, carried } = envelope;
  const parts = [
    ...(control === 'handoff' || redirectedBy !== undefined || required !== undefined
      ? [
          `You take over from ${from}.${redirectedBy === undefined ? '' : ` The task was moved to you by ${redirectedBy}`}`,
        ]
      : []),
    ...(envelope.guidance === undefined ? [] : [envelope.guidance]),
    ...(envelope.instructions === undefined ? [] : [`What to do next: ${envelope.instructions}`]),
    ...(described === undefined
      ? []
      : [
          list('Your task', [
            ...(described.goal === '' ? [] : [`goal: ${described.goal}`]),
            ...(described.expected === '' ? [] : [`expected: ${described.expected}`]),
            ...described.acceptance.map((each) => `done when: ${each}`),
          ]),
        ]),
    ...(required === undefined || required.length === 0
      ? []
      : [`Required items, to be named when you accept: ${required.map(itemId).join(', ')}`]),
    ...(summary === undefined ? [] : [renderSummary(`What ${from} says`, summary)]),
    ...(carried === undefined ? [] : [renderSummary('Settled before', { ...carried, open: [] })]),
  ].filter((part) => part !== '');
  if (parts.length === 0) return task;
  const between = parts.length === 1 ? ' ' : '\n\n';
  return `${parts.join('\n\n')}${between}This is what you were handed:\n\n${task}`;
}

function renderSummary(
  title: string,
  { done, decisions, answered, open, needToKnow }: SenderSummary | (Carried & { open: [] }),
): string {
  return list(title, [
    ...needToKnow.map((fact) => `know: ${fact}`),
    ...decisions.map(({ decision, reason }) => `decided: ${decision} (${reason})`),
    ...answered.map(({ question, answer }) => `answered: ${question} ${answer}`),
    ...done.map((work) => `done: ${work}`),
    ...open.map((point) => `open: ${point}`),
  ]);
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function asText(input: Envelope['input']): string {
  return typeof input === 'string' ? input : JSON.stringify(input, null, 2);
}
