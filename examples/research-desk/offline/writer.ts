/**
 * The writer without a provider: sets the findings out in their own words, the best one first, each with its mark. It
 * adds nothing; where the findings do not answer, it says so.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { SURE } from './scoring.js';
import { Brief, type Finding, type Report } from '../team.js';

const MAX_EXAMPLES = 2;

export const write: OfflineAnswer = ({ input }) => ({ output: reportFrom(Brief.parse(input)) });

export function reportFrom({ findings, missing }: Brief): Report {
  const [first, ...rest] = findings;
  if (first === undefined) return { answer: nothingFound(missing), citations: [], missing };
  const examples = findings
    .filter(({ code }) => code !== undefined && code.trim() !== '')
    .slice(0, MAX_EXAMPLES);
  const near = (first.score ?? 1) < SURE;
  const paragraphs = [
    ...(near ? ['The documents do not answer this directly. What comes closest:'] : []),
    told(first),
    ...(examples.includes(first) ? [exampleOf(first)] : []),
    ...groupsOf(rest, examples),
    ...(missing.length === 0 ? [] : [notFound(missing)]),
  ];
  return { answer: paragraphs.join('\n\n'), citations: findings.map(({ citation }) => citation), missing };
}

export function markOf({ file, startLine, endLine }: Finding['citation']): string {
  return `[${file}:${startLine}-${endLine}]`;
}

function told(finding: Finding): string {
  const claim = finding.claim.replace(/\s+/g, ' ').trim();
  return `${/[.!?:…)。！？]$/.test(claim) ? claim : `${claim}.`} ${markOf(finding.citation)}`;
}

/** What is said under the same headings stands together, under them. */
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

/** Package and the last two headings; without headings, the file's name. */
function shortTopic({ topic, citation }: Finding): string {
  const parts = (topic ?? '').split(' › ').filter((part) => part !== '');
  const name = citation.file.split(/[\\/]/).at(-1) ?? citation.file;
  if (parts.length === 0) return name;
  const [head, ...others] = parts;
  const shown = others.length > 2 ? [head, ...others.slice(-2)] : parts;
  return shown.join(' › ').replaceAll('**', '').replaceAll('*', '\\*');
}

function exampleOf({ code = '', language = '' }: Finding): string {
  const fence = code.includes('```') ? '````' : '```';
  return `${fence}${language}\n${outdented(code)}\n${fence}`;
}

function outdented(code: string): string {
  const lines = code.split('\n');
  const told = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...told.map((line) => line.length - line.trimStart().length), 40);
  return lines.map((line) => line.slice(Math.min(margin, line.length - line.trimStart().length))).join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function notFound(missing: readonly string[]): string {
  return `**Not found**\n\n${missing.map((one) => `- ${one}`).join('\n')}`;
}

function nothingFound(missing: readonly string[]): string {
  const plain = 'The documents do not answer this question; nothing relevant was found in them.';
  return missing.length === 0 ? plain : `${plain}\n\n${notFound(missing)}`;
}
