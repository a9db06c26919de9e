/** Removes unsupported statements from an answer. Pure. */
import { clip } from '../clip.js';
import type { Claim, Source, Statement, Verdict } from './shapes.js';

const NOTHING_LEFT = 'The report states nothing that what it cites carries.';

export interface Refused {
  readonly statement: Statement;
  readonly why: string;
}

/** Each statement with the evidence for its mark, as input of the reviewer. */
export function claimsOf(statements: readonly Statement[], sources: readonly Source[]): Claim[] {
  return statements.map(({ start: _start, end: _end, ...said }) => {
    const source = sources.find(({ mark }) => mark === said.mark);
    return {
      ...said,
      evidence: source?.text ?? null,
      ...(source?.problem === undefined ? {} : { problem: source.problem }),
    };
  });
}

/**
 * The statements that the review refuses. Without a verdict a statement is refused, and without evidence a
 * verdict does not help. A statement without a mark passes only if the reviewer accepts it.
 */
export function refusedBy(
  statements: readonly Statement[],
  sources: readonly Source[],
  verdicts: readonly Verdict[],
): Refused[] {
  return statements.flatMap((statement) => {
    const verdict = verdicts.find(({ claim }) => claim === statement.id);
    const source = sources.find(({ mark }) => mark === statement.mark);
    if (statement.mark !== '' && (source?.text ?? null) === null)
      return [{ statement, why: source?.problem ?? 'Nothing stands behind its mark.' }];
    if (verdict === undefined) return [{ statement, why: 'The reviewer said nothing of it.' }];
    return verdict.supported ? [] : [{ statement, why: verdict.why }];
  });
}

/** The answer without wordless and refused statements, and with a section that lists the refused ones. */
export function withdraw(
  answer: string,
  refused: readonly Refused[],
  wordless: readonly Statement[] = [],
): string {
  const out = [...refused.map(({ statement }) => statement), ...wordless];
  const left = out.length === 0 ? answer : cut(answer, out);
  const kept = left.trim() === '' ? NOTHING_LEFT : left;
  if (refused.length === 0) return kept;
  const named = [...new Set(refused.map(missingLine))];
  return `${kept}\n\n**Withdrawn**\n\n${named.map((line) => `- ${line}`).join('\n')}`.trim();
}

/** The answer without these statements, their marks and examples. */
export function cut(answer: string, statements: readonly Pick<Statement, 'start' | 'end'>[]): string {
  let kept = answer;
  let reached = answer.length;
  for (const { start, end } of statements.toSorted((a, b) => b.start - a.start || b.end - a.end)) {
    // Adjacent marks share a statement, and so its start.
    if (start >= reached) continue;
    kept = kept.slice(0, start) + kept.slice(Math.min(end, reached));
    reached = start;
  }
  return tidied(kept);
}

export function missingLine({ statement, why }: Refused): string {
  const said = statement.text.replace(/\s+/g, ' ');
  return `“${said.length > 160 ? `${clip(said, 160)} …` : said}” was withdrawn: ${why}`;
}

/** Removes items and titles that became empty. */
function tidied(text: string): string {
  return text
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s*$/gm, '')
    .replace(/^[.,;]\s*$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\*\*[^*\n]+\*\*\n\n(?=\*\*[^*\n]+\*\*\n|$)/g, '')
    .trim();
}
