/**
 * What was settled on the way of a task, as one account of it: what earlier senders carried on and what the last one
 * says, each thing once. What differs in a single character may be another thing, so nothing is lost by merging but
 * repetition, and the spaces around a text.
 */
import { defined } from '../data/defined.js';
import type { AnsweredQuestion, DecisionMade, SenderSummary } from './envelope.js';

/**
 * Everything settled, in the order in which it was last said: where two things contradict each other, the later one
 * holds. An open point stays until a later sender has it done, decided or answered in the same words. Merging what
 * was merged changes nothing.
 */
export function mergeSettledFacts(
  carried: Partial<SenderSummary> | undefined,
  summary: Partial<SenderSummary> | undefined,
): SenderSummary {
  const both = [carried ?? {}, summary ?? {}];
  const closed = findClosed(summary ?? {});
  const left = (carried?.open ?? []).filter((text) => !closed.has(text.trim()));
  return {
    done: mergeTexts(both.flatMap(({ done = [] }) => done)),
    decisions: mergeDecisions(both.flatMap(({ decisions = [] }) => decisions)),
    answered: mergeAnswers(both.flatMap(({ answered: given = [] }) => given)),
    open: mergeTexts([...left, ...(summary?.open ?? [])]),
    needToKnow: mergeTexts(both.flatMap(({ needToKnow = [] }) => needToKnow)),
  };
}

/** How many things are on the account. */
export function countSettled({
  done,
  decisions,
  answered: answers,
  open,
  needToKnow,
}: SenderSummary): number {
  return [done, decisions, answers, open, needToKnow].reduce((sum, things) => sum + things.length, 0);
}

function findClosed({
  done = [],
  decisions = [],
  answered: answers = [],
}: Partial<SenderSummary>): Set<string> {
  const found = answers.filter(({ answer }) => answer.trim() !== '');
  return new Set(
    [...done, ...decisions.map(({ decision }) => decision), ...found.map(({ question }) => question)].map(
      (text) => text.trim(),
    ),
  );
}

function mergeTexts(all: readonly string[]): string[] {
  return dedupe(all.map((text) => [text])).map(([text = '']) => text);
}

function mergeDecisions(all: readonly DecisionMade[]): DecisionMade[] {
  return dedupe(all.map(({ decision, reason }) => [decision, reason])).map(
    ([decision = '', reason = '']) => ({ decision, reason }),
  );
}

function mergeAnswers(all: readonly AnsweredQuestion[]): AnsweredQuestion[] {
  return dedupe(all.map(({ question, answer }) => [question, answer])).map(([question = '', answer = '']) => {
    // Whoever repeats it takes nothing from who said it.
    const said = all.findLast(
      (each) =>
        each.saidBy !== undefined && each.question.trim() === question && each.answer.trim() === answer,
    );
    return { question, answer, ...defined({ saidBy: said?.saidBy }) };
  });
}

/** Each once, where it stands last; what says nothing is left out. */
function dedupe(all: readonly (readonly string[])[]): (readonly string[])[] {
  const last = new Map<string, readonly string[]>();
  for (const said of all) {
    const trimmed = said.map((text) => text.trim());
    const key = JSON.stringify(trimmed);
    last.delete(key);
    if (trimmed.some((text) => text !== '')) last.set(key, trimmed);
  }
  return [...last.values()];
}
