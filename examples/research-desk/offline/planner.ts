/**
 * The planner without a provider: it splits a question by its form. Each part is looked up separately, and a
 * comparison side by side. A question of one part is also looked up by the aspects that its form asks for.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { PlanningTask, type Subtask as CoreSubtask } from '@batonhq/baton';
import { pickProgram } from '../code/programs.js';
import { asksForOtherCount } from '../code/uncountable.js';
import type { Plan, Subtask } from '../shapes.js';
import { asJson } from './as-json.js';
import { countingPlan } from './counting-plan.js';
import { contentWords, type Intent, type QuestionPart, readQuestion } from './question.js';

interface Aspect {
  readonly id: string;
  readonly ask: (topic: string) => string;
  readonly words: readonly string[];
}

const OPTIONS: Aspect = {
  id: 'options',
  ask: (topic) => `Which options, settings or defaults bear on this: ${topic}?`,
  words: ['option', 'default', 'setting', 'configure', 'parameter'],
};
const LIMITS: Aspect = {
  id: 'limits',
  ask: (topic) => `Which limits, errors or warnings bear on this: ${topic}?`,
  words: ['error', 'throw', 'note', 'must', 'warning', 'limit'],
};
const USAGE: Aspect = {
  id: 'usage',
  ask: (topic) => `How is it used, with an example: ${topic}?`,
  words: ['example', 'use', 'usage', 'call'],
};
const CAUSE: Aspect = {
  id: 'cause',
  ask: (topic) => `What causes this: ${topic}?`,
  words: ['because', 'cause', 'reason', 'since', 'due'],
};
const REMEDY: Aspect = {
  id: 'remedy',
  ask: (topic) => `How is it avoided or fixed: ${topic}?`,
  words: ['avoid', 'fix', 'prevent', 'instead', 'solution'],
};
const CHANGE: Aspect = {
  id: 'change',
  ask: (topic) => `How can this be changed or switched off: ${topic}?`,
  words: ['allow', 'enable', 'disable', 'configure', 'option', 'override'],
};

const ASPECTS: Readonly<Record<Intent, readonly Aspect[]>> = {
  compare: [],
  how: [OPTIONS, LIMITS],
  behaviour: [CHANGE, LIMITS],
  definition: [USAGE],
  which: [OPTIONS],
  why: [CAUSE, REMEDY],
  fact: [],
  'yes-no': [USAGE, LIMITS],
  open: [USAGE, OPTIONS],
};

const KINDS: Readonly<Record<Intent, string>> = {
  compare: 'compares two things, so each is looked up by itself and then both together',
  how: 'asks for a way to do something, so the way is looked up, then the options that bear on it and its limits',
  behaviour:
    'asks what something does, so the behaviour is looked up, then how to change it and what it may throw',
  definition: 'asks what something is, so its definition is looked up, then its use',
  which:
    'asks for a choice of things, so these are looked up, first by the whole question, then by its main word',
  why: 'asks for a reason, so the statement is looked up, then causes and remedies',
  fact: 'asks for a single fact, which is looked up by the whole question and by its main words',
  'yes-no': 'asks whether something is so, so the statement is looked up, then its use and its limits',
  open: 'names a subject, which is looked up by itself, then its use and its options',
};

/** The words of each aspect, by the id of its subtask. */
export const ASPECT_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(ASPECTS).flatMap((aspects) => aspects.map(({ id, words }) => [id, words] as const)),
);

export const plan: OfflineAnswer = ({ input }) => {
  const { goal, failed } = PlanningTask.parse(input);
  return { output: asJson(failed === undefined ? planFor(goal) : planInstead(failed.subtask)) };
};

export function planFor(question: string): Plan {
  const parts = readQuestion(question);
  const counting = countingPlan(question);
  if (counting !== undefined) return counting;
  const [only] = parts;
  if (only === undefined || parts.length > 1)
    return { subtasks: parts.flatMap(subtasksOfPart), rationale: rationaleOf(parts) };
  return { subtasks: subtasksOf(only), rationale: rationaleOf(parts) };
}

/**
 * Plans a search in other words, and never another program: if a thing cannot be counted, documents may still
 * mention it.
 */
function planInstead({ id, kind, task }: CoreSubtask): Plan {
  const again = `${id.slice(0, 50)}-instead`;
  const instead: Subtask =
    kind === 'writing'
      ? { id: again, kind, task, dependsOn: [] }
      : lookUp(
          again,
          `What do the documents say about ${contentWords(task).join(', ')}?`,
          contentWords(task),
        );
  return { subtasks: [instead], rationale: `Looked up in other words, since "${id}" was not done.` };
}

function lookUp(id: string, task: string, keywords: readonly string[]): Subtask {
  return { id, kind: 'research', task, dependsOn: [], keywords: [...keywords] };
}

/** Of several parts, each is looked up or counted separately; a comparison also by its sides. */
function subtasksOfPart(part: QuestionPart, at: number): Subtask[] {
  const id = `part-${at + 1}`;
  if (pickProgram(part.text) !== undefined || asksForOtherCount(part.text))
    return [{ id, kind: 'code', task: part.text, dependsOn: [] }];
  if (!part.sides || at > 0) return [lookUp(id, part.text, contentWords(part.text))];
  return sidesOf(part.sides, part).map((subtask) => ({ ...subtask, id: `${id}-${subtask.id}` }));
}

function subtasksOf(part: QuestionPart): Subtask[] {
  if (part.sides) return comparisonOf(part.sides, part);
  const keywords = contentWords(part.text);
  const subtasks: Subtask[] = [lookUp('answer', part.text, keywords)];
  const focus = focusOf(part, keywords);
  if (focus !== undefined) subtasks.push(focus);
  for (const { id, ask, words } of ASPECTS[part.intent]) {
    subtasks.push(lookUp(id, ask(part.topic), [...contentWords(part.topic), ...words]));
  }
  return subtasks;
}

/** Looks up the sides separately and together, and adds a section that compares them. */
function comparisonOf(sides: readonly [string, string], part: QuestionPart): Subtask[] {
  const found = sidesOf(sides, part);
  const section: Subtask = {
    id: 'comparison',
    kind: 'writing',
    task: `Set ${sides[0]} and ${sides[1]} beside one another, what sets them apart first.`,
    dependsOn: found.map(({ id }) => id),
  };
  return [...found, section];
}

function sidesOf([left, right]: readonly [string, string], part: QuestionPart): Subtask[] {
  const about = (id: string, side: string): Subtask =>
    lookUp(id, `What do the documents say about ${side}?`, contentWords(side));
  return [
    about('first-side', left),
    about('second-side', right),
    lookUp('both-sides', part.text, contentWords(part.text)),
  ];
}

/**
 * The main word with its name: "pragma … libsql" for "Which SQLite pragma can I set with libsql?". In a long
 * question, the other words would drown the main word.
 */
function focusOf(part: QuestionPart, keywords: readonly string[]): Subtask | undefined {
  if (part.intent === 'fact' && keywords.length > 1) return subjectOf(keywords);
  // In "what happens to …" the word before "to" does not matter.
  if (keywords.length < 3 || part.intent === 'behaviour') return undefined;
  const head =
    /^(?:which|what|how\s+many|how\s+much)\s+((?:[\w@/.-]+\s+){0,3}?[\w@/.-]+?)\s+(?:can|could|do|does|did|is|are|was|were|should|must|will|may|has|have|of|in|for|to)\b/i.exec(
      part.text,
    )?.[1];
  const main = head === undefined ? undefined : contentWords(head).at(-1);
  const place = keywords.at(-1) ?? '';
  const words = [...new Set([main ?? '', place])].filter((word) => word !== '');
  if (main === undefined || words.length >= keywords.length) return undefined;
  return lookUp('focus', `What do the documents say about ${words.join(' and ')}?`, words);
}

/** The subject of a fact, without the word of measurement: "dough", "rest" for "How long should the dough rest?". */
function subjectOf(keywords: readonly string[]): Subtask {
  const names = keywords.filter(
    (word) =>
      !/^(?:long|much|many|often|time|year|date|number|name|maximum|minimum|default|size|age)$/i.test(word),
  );
  const words = names.length > 3 ? names.slice(-3) : names.length === 0 ? keywords : names;
  return lookUp('focus', `What do the documents say about ${words.join(', ')}?`, words);
}

function rationaleOf(parts: readonly QuestionPart[]): string {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return `The question ${KINDS[only.intent]}.`;
  return `The question has ${parts.length} parts, which are looked up separately: ${parts.map(({ text }) => text).join(' ')}`;
}
