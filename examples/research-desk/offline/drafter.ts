/**
 * The drafter without a provider: it presents the two sides of a comparison next to each other, in the words
 * of the findings. The differences come first.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Assignment, type Finding, Findings, type Section } from '../shapes.js';
import { asJson } from './as-json.js';
import { COMPARES, weighed } from './lead.js';
import { readQuestion } from './question.js';
import { bulletOf, told } from './telling.js';
import { SURE } from './scoring.js';

export const draft: OfflineAnswer = ({ input }) => {
  const { goal, subtask, results } = Assignment.parse(input);
  const findings = results.flatMap(({ output }) => Findings.safeParse(output).data ?? []);
  return { output: asJson(sectionFrom(subtask.id, goal, findings)) };
};

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
    ...block(sides[0], about('first-side')),
    ...block(sides[1], about('second-side')),
    ...block(
      'Both',
      both.filter((finding) => !apart.includes(finding)),
    ),
  ].join('\n\n');
  return { subtask, title: `${sides[0]} and ${sides[1]}`, text, gaps: missing };
}
