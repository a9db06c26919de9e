/**
 * What was settled on the way of a task, as one account of it: what earlier senders carried on and what the last one
 * says, each thing once. What differs in a single character may be another thing, so nothing is lost by merging but
 * repetition, and the spaces around a text.
 */
import { defined } from '../data/defined.js';
import type { AnsweredQuestion, DecisionMade, SenderSummary, SettledFacts } from './envelope.js';

/**
 * Everything settled, in the order in which it was last said: where two things contradict each other, the later one
 * holds. An open point stays until a later sender has it done, decided or answered in the same words. Merging what
 * was merged changes nothing. The account has a bound, so that a conversation without end can be carried on: beyond it
 * the oldest things are counted only.
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
    // Both accounts may have forgotten the same.
    ...forget(Math.max(...both.map(({ forgotten = 0 }) => forgotten))),
  });
}

/** More than one handoff may say, so that nothing is forgotten of what the last sender said. */
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
  // What must not be decided or asked again is kept longest.
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
