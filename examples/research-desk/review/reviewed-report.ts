/**
 * Reviews a report: reads its citations again, judges each statement, sends it back, and removes what stays
 * unsupported.
 */
import type { PlanOutcome, Verbs } from '@batonhq/baton/workflow';
import type { Computation } from '../code/computation.js';
import { Counted } from '../code/computation.js';
import type { Brief, Finding, Report } from '../shapes.js';
import { Findings } from '../shapes.js';
import { type desk, readEvidence, reviewer, writer } from '../team.js';
import type { DeskResult } from '../desk-result.js';
import { isWordless } from './claims.js';
import { marksAsText } from './marks.js';
import type { Source } from './shapes.js';
import { claimsOf, missingLine, refusedBy, type Refused, withdraw } from './withdraw.js';

/** How often a report goes back to the writer. */
const ROUNDS = 2;
/** The number of findings that a writer can use to fix a citation. */
const MAX_FINDINGS = 24;

type Reviewed = Pick<DeskResult, 'answer' | 'citations' | 'counts' | 'review' | 'missing'>;
type Results = PlanOutcome['results'];

/**
 * Reviews a report until every statement is supported, or it was sent back twice. Then it removes unsupported
 * statements and lists them as missing, and also removes a mark without words before it. The writer can use
 * only the results to fix a report.
 *
 * @throws {BatonError} the error of reviewer or writer.
 */
export async function reviewedReport(
  { delegate, perform }: Verbs<typeof desk>,
  question: string,
  first: Report,
  results: Results,
): Promise<Reviewed> {
  const computations = computationsIn(results);
  const sentBack: Reviewed['review']['sentBack'] = [];
  let report = first;
  for (let round = 1; ; round += 1) {
    const { answer, citations } = report;
    const read = await perform(readEvidence, { answer, citations, computations });
    const { sources } = read;
    report = { ...report, answer: marksAsText(answer, (mark) => read.quoted.includes(mark)) };
    const statements = read.statements.filter((statement) => !isWordless(statement));
    const claims = claimsOf(statements, sources);
    const verdicts = claims.length === 0 ? [] : (await delegate(reviewer, { question, claims })).verdicts;
    const refused = refusedBy(statements, sources, verdicts);
    if (refused.length === 0 || round > ROUNDS) {
      const withdrawn = [...new Set(refused.map(missingLine))];
      const reviewed = withdraw(report.answer, refused, read.statements.filter(isWordless));
      return {
        answer: reviewed,
        ...citedIn(reviewed, sources, computations),
        missing: [...report.missing, ...withdrawn],
        review: { rounds: round, checked: statements.length, sentBack, withdrawn },
      };
    }
    sentBack.push(...refused.map(({ statement, why }) => ({ claim: statement.text, why })));
    report = await delegate(writer, briefToMend(question, report, results, refused, sources));
  }
}

export function computationsIn(results: Results): Computation[] {
  return results.flatMap(({ kind, output }) => (kind === 'code' ? Counted.parse(output).computations : []));
}

function citedIn(
  answer: string,
  sources: readonly Source[],
  computations: readonly Computation[],
): Pick<Reviewed, 'citations' | 'counts'> {
  const kept = sources.filter(({ mark, text }) => text !== null && answer.includes(mark));
  return {
    citations: kept.flatMap(({ citation, text }) => (citation ? [{ ...citation, text: text ?? '' }] : [])),
    counts: kept.flatMap(({ count }) => {
      const computation = computations.find(({ id }) => id === count?.id);
      return count && computation ? [{ ...computation, ...count }] : [];
    }),
  };
}

function briefToMend(
  question: string,
  report: Report,
  results: Results,
  refused: readonly Refused[],
  sources: readonly Source[],
): Brief {
  return {
    question,
    findings: findingsIn(results),
    counts: computationsIn(results).map(({ id, claim, says }) => ({ id, claim, says })),
    sections: [],
    assessment: 'Sent back by the reviewer: some statements are not supported by what they cite.',
    missing: report.missing,
    revision: {
      draft: report.answer,
      objections: refused.map(({ statement, why }) => ({
        claim: statement.text,
        mark: statement.mark,
        why,
        evidence: sources.find(({ mark }) => mark === statement.mark)?.text ?? null,
      })),
    },
  };
}

/** The best of all findings. They include the lead's choice, which a writer cannot request again. */
function findingsIn(results: Results): Finding[] {
  return results
    .flatMap(({ kind, output }) => (kind === 'research' ? Findings.parse(output).findings : []))
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, MAX_FINDINGS);
}
