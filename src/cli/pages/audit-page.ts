/** The findings of an audit as lines: who approved what, when and with which key, and what does not match. */
import type { AuditReport } from '../../schemas/documents/audit.js';
import { formatDateAndClock } from '../../client/text/time.js';
import type { LineStyle } from '../terminal/palette.js';
import { escapeToLines } from '../terminal/escape-text.js';
import { wrapUnder } from '../terminal/text-width.js';

const VERDICTS: Readonly<Record<AuditReport['verdict'], string>> = {
  proven: 'proven: the required approvers signed these exact arguments',
  consistent: 'consistent, not proven: everything fits together, and nothing proves who decided',
  incomplete: 'incomplete: what was read fits together, and a part is missing',
  mismatch: 'mismatch: something does not fit together',
};

export function renderAuditPage(told: AuditReport, { width, palette }: LineStyle): string[] {
  const report = escapeToLines(told);
  const { verdict, run, requester, executions, actions, decisions, mismatches, gaps } = report;
  const mark = {
    proven: palette.good('✓'),
    consistent: palette.wait('◆'),
    incomplete: palette.wait('◆'),
    mismatch: palette.bad('✗'),
  }[verdict];
  const lines = (text: string): string[] => wrapUnder('  ', text, width);
  return [
    `${mark} ${palette.strong(run)}  ${VERDICTS[verdict]}`,
    ...lines(requester === undefined ? 'who started the run is not proven' : `started by ${requester}`),
    ...executions.flatMap(({ workflowId, runId, end }) =>
      lines(`read ${workflowId}, execution ${runId || 'unknown'}, ${end}`),
    ),
    ...decisions.flatMap(({ at, by, option, request, kid, gateway }) =>
      lines(
        `${formatDateAndClock(at)}  ${by} "${option}" on ${request}, ${kid === undefined ? 'a claim' : `key ${kid}`}${gateway === undefined ? '' : ` of ${gateway}`}`,
      ),
    ),
    ...actions.flatMap(({ at, tool, step, outcome, approvedBy }) =>
      lines(
        `${formatDateAndClock(at)}  ${tool} (${step}) ${outcome}, approved by ${approvedBy.join(' and ') || 'nobody'}`,
      ),
    ),
    ...mismatches.flatMap(({ where, why, message }) =>
      wrapUnder(`  ${palette.bad('✗')} `, `${where}: ${message} [${why}]`, width),
    ),
    ...gaps.flatMap(({ where, why, message }) =>
      wrapUnder(`  ${palette.wait('◆')} `, `${where}: ${message} [${why}]`, width),
    ),
  ];
}
