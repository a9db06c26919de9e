/**
 * The writer without a provider, when a report is sent back. A statement whose finding cites other lines gets
 * those lines. A statement without a finding is removed and listed as missing. The rest stays.
 */
import { citationsIn, statementsIn } from '../review/claims.js';
import { cut } from '../review/withdraw.js';
import type { Brief, Report } from '../shapes.js';
import { markOf, notFound, nothingFound, quoted } from './telling.js';

export function correctDraft(
  { findings, missing }: Brief,
  { draft, objections }: NonNullable<Brief['revision']>,
): Report {
  let answer = draft;
  const lost: string[] = [];
  for (const { claim, mark, why } of objections) {
    const statement = statementsIn(answer).find((one) => one.text === claim && one.mark === mark);
    if (statement === undefined) continue;
    const finding = findings.find((one) => bare(quoted(one.claim)) === bare(claim));
    const right = finding === undefined ? mark : markOf(finding.citation);
    if (right === mark) {
      answer = cut(answer, [statement]);
      lost.push(`“${bare(claim)}” was left out: ${why}`);
    } else {
      const { start, end } = statement;
      answer = answer.slice(0, start) + answer.slice(start, end).replace(mark, right) + answer.slice(end);
    }
  }
  const open = [...new Set([...missing, ...lost])];
  return { answer: closed(answer, open), citations: citationsIn(answer), missing: open };
}

/** Adds a list of what is missing now; if nothing else is left, this list is the answer. */
function closed(answer: string, missing: readonly string[]): string {
  const said = answer.replace(/\n*\*\*Not found\*\*\n[\s\S]*$/, '').trim();
  if (statementsIn(said).length === 0) return nothingFound(missing);
  return missing.length === 0 ? said : `${said}\n\n${notFound(missing)}`;
}

function bare(claim: string): string {
  return claim
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
}
