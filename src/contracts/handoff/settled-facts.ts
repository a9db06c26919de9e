/**
 * Settled facts of a task, merged: those of earlier senders and those of the last one, each once. Two texts that differ
 * in one character may mean different things. So merging removes only exact repetitions and surrounding spaces.
 */
import { defined } from '../data/defined.js';
import type { AnsweredQuestion, DecisionMade, SenderSummary, SettledFacts } from './envelope.js';

/**
 * Merges settled facts, in the order in which each was last stated. Of two contradicting facts the later one applies.
 * An open point stays until a later sender lists it as done, decided or answered in the same words. Merging again
 * changes nothing. The size is bounded, so that an endless conversation can carry the facts along. Beyond the bound,
 * the oldest facts are only counted.
 */
export function mergeSettledFacts(
  carried: Partial<SettledFacts> | undefined,
  summary: Partial<SettledFacts> | undefined,
): SettledFacts {
  const both = [carried ?? {}, summary ?? {}];
  const closed = findClosed(summary ?? {});
  const left = (carried?.open ?? []).filter((text) => !closed.has(text.trim()));
  return boundFacts({
    done: mergeTexts(both.flatMap(({ done = [] }) => done)),
    decisions: mergeDecisions(both.flatMap(({ decisions = [] }) => decisions)),
    answered: mergeAnswers(both.flatMap(({ answered: given = [] }) => given)),
    open: mergeTexts([...left, ...(summary?.open ?? [])]),
    needToKnow: mergeTexts(both.flatMap(({ needToKnow = [] }) => needToKnow)),
    // Both lists may have forgotten the same facts.
    ...forget(Math.max(...both.map(({ forgotten = 0 }) => forgotten))),
  });
}

/** The limit is larger than one handoff, so that no fact of the last sender is forgotten. */
const FACTS_AT_MOST_CHARACTERS = 80_000;
function boundFacts(facts: SettledFacts): SettledFacts {
  let over = countCharacters(facts) - FACTS_AT_MOST_CHARACTERS;
  if (over <= 0) return facts;
  let { forgotten = 0 } = facts;
  const drop = <Thing>(things: readonly Thing[]): readonly Thing[] => {
    let first = 0;
    while (over > 0 && first < things.length) {
      over -= countCharacters(things[first]);
      first += 1;
    }
    forgotten += first;
    return things.slice(first);
  };
  // Facts that must not be decided or asked again are kept longest.
  const bounded = {
    done: drop(facts.done),
    needToKnow: drop(facts.needToKnow),
    open: drop(facts.open),
    answered: drop(facts.answered),
    decisions: drop(facts.decisions),
  };
  return { ...bounded, ...forget(forgotten) };
}

function forget(forgotten: number): Pick<SettledFacts, 'forgotten'> {
  return forgotten === 0 ? {} : { forgotten };
}

function countCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, part) => sum + countCharacters(part), 0)
    : 0;
}

/** The number of facts. */
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
    // A sender who repeats a fact does not replace its original author.
    const said = all.findLast(
      (each) =>
        each.saidBy !== undefined && each.question.trim() === question && each.answer.trim() === answer,
    );
    return { question, answer, ...defined({ saidBy: said?.saidBy }) };
  });
}

/** Each text once, at its last position; empty texts are omitted. */
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
