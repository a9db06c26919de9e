/** How well one statement answers a subtask: by its words, its names, and the form that the question asks for. */
import { ASPECT_WORDS } from './planner.js';
import type { SearchResult } from '../shapes.js';
import type { LookUp } from './look-up.js';
import { stem, terms as stemsOf, tokenize } from '../text.js';
import { queryTerms } from '../corpus/query.js';
import { isAbout, isMute, meets } from './demands.js';
import { isUncommented } from './doc-comment.js';
import { fitness, isNamed } from './fitness.js';
import { holdsName, type Name, namesIn } from './names.js';
import { type Intent, readQuestion } from './question.js';
import { type CoreTerm, coreTerms, relevanceOf } from './relevance.js';
import type { Passage, Statement } from './statements.js';

/** A statement that covers less of the question does not answer it; above the lower bound it is at least close. */
const ANSWERS = 0.55;
const NEAR = 0.4;
/** A lower limit, if the title consists of the question's words: "attachments". */
const ANSWERS_BY_TITLE = 0.5;
/** A lower limit still, if the whole name of a declaration is in the question. */
const ANSWERS_BY_NAME = 0.3;
/** A yes or no must be about everything that was asked. */
const ANSWERS_YES_NO = 0.7;
/** A finding with at least this score answers; below, it is close. Lead and writer use this limit. */
export const SURE = 0.36;
/** Almost the highest value that a statement can reach, so that scores end at 1 with few ties. */
const FULL = 1.15;
/** The value of another package's text about the package in question. */
const FOREIGN = 0.75;
const ASIDE = 0.08;

/** The criteria for statements. */
export interface Aim {
  /** The words by which the subtask is judged. */
  readonly text: string;
  readonly core: readonly CoreTerm[];
  readonly intent: Intent;
  readonly names: readonly Name[];
  readonly packages: readonly string[];
  /** The words of an aspect, if the subtask looks up an aspect. */
  readonly aspect: readonly string[] | undefined;
  /** The side of a comparison that the subtask is about. */
  readonly side: string | undefined;
}

export interface Score {
  readonly value: number;
  /** Whether it answers; otherwise it is only close. */
  readonly answers: boolean;
}

export function aimOf(assignment: LookUp, results: readonly SearchResult[]): Aim {
  const { subtask } = assignment;
  const text = coreText(assignment);
  const packages = [...new Set(results.flatMap((result) => result.packages))];
  return {
    text,
    core: coreTerms(text, results),
    intent: onlyNames(text, packages) ? 'definition' : intentOf(assignment),
    // The main word alone would match everything of that kind.
    names: namesIn(subtask.id === 'focus' ? assignment.question : text, packages),
    packages,
    aspect: ASPECT_WORDS.get(subtask.id),
    side: subtask.id.endsWith('-side') ? text : undefined,
  };
}

/** If the question is only about a package ("Does zod exist?"), a description of it answers. */
function onlyNames(text: string, packages: readonly string[]): boolean {
  const owned = new Set(packages.flatMap((name) => tokenize(name)));
  return packages.length > 0 && queryTerms(text).every(({ word, base }) => owned.has(word) || base < 0.5);
}

/** The score of a statement; `undefined` if it is not even close. */
export function scoreOf(statement: Statement, passage: Passage, aim: Aim): Score | undefined {
  const { core, intent, names, packages, aspect, side } = aim;
  if (isMute(statement, passage, aim.text)) return undefined;
  const unnamed = names.filter((name) => !holdsName(name, statement, passage));
  // Among many packages, a statement without the name is about another package.
  if (unnamed.length > 0 && (aspect !== undefined || passage.package !== undefined)) return undefined;
  const { coverage, enough, inText, first } = relevanceOf(statement, passage, core, packages);
  const uncommented = isUncommented(statement.text);
  const titled = uncommented ? isSpelled(passage, core) : isTitled(passage, aim);
  // A declaration alone answers only questions that name it.
  if (uncommented && !titled) return undefined;
  const ample = uncommented ? ANSWERS_BY_NAME : titled ? ANSWERS_BY_TITLE : ANSWERS;
  const share = intent === 'yes-no' ? ANSWERS_YES_NO : ample;
  const covers = coverage >= share && (enough || titled) && (intent !== 'fact' || first);
  const fits =
    unnamed.length === 0 &&
    meets(aim.text, intent, statement) &&
    (side === undefined || isAbout(side, statement, passage));
  const answers = covers && fits;
  if (inText === 0 && !speaksByTitle(passage, core)) return undefined;
  const near = coverage >= NEAR && (enough || titled || passage.package === undefined);
  if (!answers && (!near || aspect !== undefined || side !== undefined || mostlyUnknown(core, statement)))
    return undefined;
  const foreign = packages.length > 0 && !packages.includes(passage.package ?? '');
  if (foreign && !mentions(statement, packages)) return undefined;
  if (aspect !== undefined && !speaksOf(statement, aspect)) return undefined;
  const fit = fitness(statement, passage, intent, core) - (aspect === undefined ? 0 : ASIDE);
  const value = ((0.62 * coverage + 0.3 * passage.score + fit) / FULL) * (foreign ? FOREIGN : 1);
  return { answers, value: answers ? Math.max(value, SURE) : Math.min(value, 1) * (SURE - 0.01) };
}

/** Parts of a question have their own forms; every other look-up uses the form of the reader's question. */
function intentOf({ question, subtask }: LookUp): Intent {
  if (/-sides?$/.test(subtask.id)) return 'compare';
  return readQuestion(subtask.id.startsWith('part-') ? subtask.question : question)[0]?.intent ?? 'open';
}

/**
 * An aspect, and the main word of a fact, are judged by the reader's words; their own words only find more
 * candidates.
 */
function coreText({ question, subtask }: LookUp): string {
  const focus = subtask.id === 'focus' && readQuestion(question)[0]?.intent === 'fact';
  return ASPECT_WORDS.has(subtask.id) || focus
    ? question
    : subtask.question.replace(/^What do the documents say about /, '');
}

/** If a question names a package, text in another package counts only if it mentions that package. */
function mentions({ text }: Statement, packages: readonly string[]): boolean {
  const spelled = new Set(tokenize(text));
  return packages.some((name) => tokenize(name).every((part) => spelled.has(part)));
}

/** Whether the innermost title consists of the question's words and is not only the package's name. */
function isTitled(passage: Passage, { core, packages }: Aim): boolean {
  const owned = new Set(packages.flatMap((name) => tokenize(name)));
  const own = core.filter(({ word }) => !owned.has(word));
  return isNamed({ ...passage, heading: passage.heading.split(' › ').at(-1) ?? '' }, own);
}

/** Whether the words of a declared name are in the question; verbs like "get" need not be. */
function isSpelled({ heading }: Passage, core: readonly CoreTerm[]): boolean {
  const name = queryTerms(heading.split(' › ').at(-1) ?? '');
  const wanted = name.filter(({ base, word }) => base === 1 && !name.some(({ partOf }) => partOf === word));
  return wanted.length > 0 && wanted.every((term) => core.some((one) => one.stem === term.stem));
}

/** A section of prose is about its title, even in sentences that do not repeat it. */
function speaksByTitle({ file, heading }: Passage, core: readonly CoreTerm[]): boolean {
  if (/\.d\.[mc]?ts$/.test(file)) return false;
  const title = new Set(stemsOf(heading.split(' › ').at(-1) ?? ''));
  return core.some((term) => term.base === 1 && title.has(term.stem));
}

/** If the important words and their synonyms occur nowhere, a text that shares the rest is not even close. */
function mostlyUnknown(core: readonly CoreTerm[], { text }: Statement): boolean {
  const stems = new Set(stemsOf(text));
  const lost = core.filter(
    ({ unknown, synonyms }) => unknown && !synonyms.some((synonym) => stems.has(stem(synonym))),
  );
  const sum = (terms: readonly CoreTerm[]): number => terms.reduce((all, { weight }) => all + weight, 0);
  return sum(lost) > 0.45 * sum(core);
}

function speaksOf({ text }: Statement, words: readonly string[]): boolean {
  const stems = new Set(stemsOf(text));
  return words.some((word) => stems.has(stem(word)));
}
