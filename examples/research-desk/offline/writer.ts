/**
 * The writer without a provider: it lists the findings in their own words, best first, each with its mark. It
 * adds nothing. If the findings do not answer, it says so.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { SURE } from './scoring.js';
import { countMark } from '../code/computation.js';
import { citationsIn } from '../review/claims.js';
import { Brief, type Finding, type Report } from '../shapes.js';
import { correctDraft } from './correct-draft.js';
import { exampleOf, hasExample, indented, notFound, nothingFound, quoted, told } from './telling.js';

const MAX_EXAMPLES = 2;

export const write: OfflineAnswer = ({ input }) => {
  const brief = Brief.parse(input);
  return { output: brief.revision === undefined ? reportFrom(brief) : correctDraft(brief, brief.revision) };
};

export function reportFrom({ findings, counts, sections, missing }: Brief): Report {
  const [first, ...rest] = findings;
  if (first === undefined && counts.length === 0 && sections.length === 0)
    return { answer: nothingFound(missing), citations: [], missing };
  const paragraphs = [
    ...counts.map(({ id, claim }) => `${quoted(claim)} ${countMark(id)}`),
    ...(first === undefined ? [] : fromFindings(first, rest, counts.length > 0)),
    ...sections.map(({ text }) => text),
    ...(missing.length === 0 ? [] : [notFound(missing)]),
  ];
  const answer = paragraphs.join('\n\n');
  return { answer, citations: citationsIn(answer), missing };
}

function fromFindings(first: Finding, rest: readonly Finding[], beside: boolean): string[] {
  const examples = [first, ...rest].filter(hasExample).slice(0, MAX_EXAMPLES);
  const near = (first.score ?? 1) < SURE;
  if (beside) return groupsOf([first, ...rest], examples);
  return [
    ...(near ? ['The documents do not answer this directly. What comes closest:'] : []),
    told(first),
    ...(examples.includes(first) ? [exampleOf(first)] : []),
    ...groupsOf(rest, examples),
  ];
}

/** Findings with the same headings are grouped under them. */
function groupsOf(findings: readonly Finding[], examples: readonly Finding[]): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const topic = shortTopic(finding);
    groups.set(topic, [...(groups.get(topic) ?? []), finding]);
  }
  return [...groups].flatMap(([topic, members]) => {
    const lines = members.map(
      (member) => `- ${told(member)}${examples.includes(member) ? `\n\n${indented(exampleOf(member))}` : ''}`,
    );
    return [`**${topic}**\n\n${lines.join('\n')}`];
  });
}

/** The package and the last two headings; without headings, the file's name. */
function shortTopic({ topic, citation }: Finding): string {
  const parts = (topic ?? '').split(' › ').filter((part) => part !== '');
  const name = citation.file.split(/[\\/]/).at(-1) ?? citation.file;
  if (parts.length === 0) return name;
  const [head, ...others] = parts;
  const shown = others.length > 2 ? [head, ...others.slice(-2)] : parts;
  return quoted(shown.join(' › ')).replaceAll('**', '').replaceAll('*', '\\*');
}
