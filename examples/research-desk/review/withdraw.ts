/** Takes statements out of an answer that its evidence does not carry. Pure. */
import { clip } from '../clip.js';
import type { Claim, Source, Statement, Verdict } from './shapes.js';

const NOTHING_LEFT = 'The report states nothing that what it cites carries.';

export interface Refused {
  readonly statement: Statement;
  readonly why: string;
}

/** Each statement with what stands behind its mark, as the reviewer is given it. */
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
 * What the review does not let pass. Without a verdict nothing passes, and without evidence no verdict helps; a
 * statement that bears no mark passes only by the reviewer's word.
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

/** The answer without what has no words and without the refused statements, and a section that names these. */
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
    // Marks side by side share a statement, and so its beginning.
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

/** Without items and titles that nothing is left of. */
function tidied(text: string): string {
  return text
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s*$/gm, '')
    .replace(/^[.,;]\s*$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\*\*[^*\n]+\*\*\n\n(?=\*\*[^*\n]+\*\*\n|$)/g, '')
    .trim();
}
