/** Formats findings: in their own words, each with its mark, examples below. */
import { marksAsText } from '../review/marks.js';
import type { Finding } from '../shapes.js';

export function markOf({ file, startLine, endLine }: Finding['citation']): string {
  return `[${file}:${startLine}-${endLine}]`;
}

export function told(finding: Finding): string {
  const claim = quoted(finding.claim);
  return `${/[.!?:…)。！？]$/.test(claim) ? claim : `${claim}.`} ${markOf(finding.citation)}`;
}

/** Words of a document on one line. Marks in them belong to the document, not to the answer. */
export function quoted(claim: string): string {
  return marksAsText(claim.replace(/\s+/g, ' ').trim());
}

/** With its example, if there is one. */
export function bulletOf(finding: Finding): string {
  return `- ${told(finding)}${hasExample(finding) ? `\n\n${indented(exampleOf(finding))}` : ''}`;
}

export function hasExample({ code }: Finding): boolean {
  return code !== undefined && code.trim() !== '';
}

export function exampleOf({ code = '', language = '' }: Finding): string {
  const fence = code.includes('```') ? '````' : '```';
  return `${fence}${language}\n${outdented(code)}\n${fence}`;
}

export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function outdented(code: string): string {
  const lines = code.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...filled.map((line) => line.length - line.trimStart().length), 40);
  return lines.map((line) => line.slice(Math.min(margin, line.length - line.trimStart().length))).join('\n');
}

export function notFound(missing: readonly string[]): string {
  return `**Not found**\n\n${missing.map((one) => `- ${quoted(one)}`).join('\n')}`;
}

/** The text when nothing was found. */
export function nothingFound(missing: readonly string[]): string {
  const plain = 'The documents do not answer this question; nothing relevant was found in them.';
  return missing.length === 0 ? plain : `${plain}\n\n${notFound(missing)}`;
}
