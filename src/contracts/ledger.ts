/**
 * What was settled on the way of a task, as one account of it: what earlier senders carried on and what the last one
 * says, each thing once. Nothing is lost by merging but repetition.
 */
import type { AnsweredQuestion, Carried, DecisionMade, SenderSummary } from './envelope.js';

/**
 * Everything settled, the oldest first. The same thing said twice stands once, in its newest words; a question that
 * was answered anew keeps the earlier answer beside the new one, and a decision all its reasons.
 */
export function settled(
  carried: Partial<Carried> | undefined,
  summary: Partial<SenderSummary> | undefined,
): Carried {
  const both = <K extends keyof Carried>(key: K) => [carried?.[key] ?? [], summary?.[key] ?? []] as const;
  return {
    done: distinct(both('done').flat()),
    decisions: decisions(both('decisions').flat()),
    answered: answers(both('answered').flat()),
    needToKnow: distinct(both('needToKnow').flat()),
  };
}

/** How many things were settled. */
export function countSettled({ done, decisions: decided, answered, needToKnow }: Carried): number {
  return done.length + decided.length + answered.length + needToKnow.length;
}

function distinct(texts: readonly string[]): string[] {
  return grouped(texts, (text) => text).map((same) => same.at(-1) ?? '');
}

function decisions(all: readonly DecisionMade[]): DecisionMade[] {
  return grouped(all, ({ decision }) => decision).map((same) => ({
    decision: same.at(-1)?.decision ?? '',
    reason: distinct(same.map(({ reason }) => reason)).join('; '),
  }));
}

function answers(all: readonly AnsweredQuestion[]): AnsweredQuestion[] {
  return grouped(all, ({ question }) => question).map((same) => {
    const given = distinct(same.map(({ answer }) => answer));
    const before = given.slice(0, -1);
    return {
      question: same.at(-1)?.question ?? '',
      answer: `${given.at(-1) ?? ''}${before.length === 0 ? '' : ` (before: ${before.join('; ')})`}`,
    };
  });
}

/** What says the same stands together, in the order in which it was first said. */
function grouped<T>(all: readonly T[], textOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = likeness(textOf(one));
    if (key === '') continue;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Case, spaces and the last stop make no difference. */
function likeness(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?;:]+$/, '');
}
