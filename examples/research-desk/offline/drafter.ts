/**
 * The drafter without a provider: it presents the two sides of a comparison next to each other, in the words
 * of the findings. The differences come first.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Assignment, type Finding, Findings, type Section } from '../shapes.js';
import { asJson } from './as-json.js';
import { isUncommented } from './doc-comment.js';
import { COMPARES, weighed } from './lead.js';
import { readQuestion } from './question.js';
import { bulletOf, told } from './telling.js';
import { SURE } from './scoring.js';

export const draft: OfflineAnswer = ({ input }) => {
  const { goal, subtask, results } = Assignment.parse(input);
  const findings = results.flatMap(({ output }) => Findings.safeParse(output).data ?? []);
  return { output: asJson(sectionFrom(subtask.id, goal, findings)) };
};

/** More names than this do not show what sets two declarations apart. */
const MAX_NAMES = 6;

/** The names that only one of two declarations has, if that is all that the documents say about them. */
function differences(first: Finding | undefined, second: Finding | undefined): Finding[] {
  if (first === undefined || second === undefined) return [];
  if (![first, second].every(({ claim }) => isUncommented(claim))) return [];
  return [onlyIn(first, second), onlyIn(second, first)].flat();
}

function onlyIn(one: Finding, other: Finding): Finding[] {
  const [own, others] = [namesOf(one), namesOf(other)];
  const only = own.slice(1).filter((name) => !others.includes(name));
  if (only.length === 0 || only.length > MAX_NAMES) return [];
  const claim = `Only \`${own[0] ?? ''}\` has ${only.map((name) => `\`${name}\``).join(', ')}.`;
  return [{ claim, citation: one.citation }];
}

/** The declared name first, then the names of its types, each once. */
function namesOf({ code = '' }: Finding): string[] {
  const declared = code.replace(/^\s*export\s+(?:declare\s+)?(?:abstract\s+)?\w+\s+/, '');
  return [...new Set(declared.match(/[A-Za-z_$][\w$]*(?:\.[\w$]+)*/g))];
}

export function sectionFrom(subtask: string, question: string, given: readonly Findings[]): Section {
  const { findings, missing } = weighed(question, given);
  const sides = readQuestion(question)[0]?.sides ?? ['The first', 'The second'];
  const about = (id: string): Finding[] =>
    findings.filter((finding) => given.find((one) => one.findings.includes(finding))?.subtask === id);
  const both = about('both-sides');
  const apart = both.filter(({ score = 0 }) => score >= COMPARES);
  const near = findings.length > 0 && (findings[0]?.score ?? 1) < SURE;
  const block = (title: string, members: readonly Finding[]): string[] =>
    members.length === 0 ? [] : [`**${title}**\n\n${members.map(bulletOf).join('\n')}`];
  const text = [
    ...(near ? ['The documents do not answer this directly. What comes closest:'] : []),
    ...apart.map(told),
    ...block('In the declarations', differences(about('first-side')[0], about('second-side')[0])),
    ...block(sides[0], about('first-side')),
    ...block(sides[1], about('second-side')),
    ...block(
      'Both',
      both.filter((finding) => !apart.includes(finding)),
    ),
  ].join('\n\n');
  return { subtask, title: `${sides[0]} and ${sides[1]}`, text, gaps: missing };
}
