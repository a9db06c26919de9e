/** `baton audit`: checks afterwards who approved what, and saves the histories for this check. */
import { loadAuditPolicies, openStoredArguments } from '../../worker/stored-arguments.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import type { AuditReport } from '../../schemas/documents/audit.js';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { auditRun } from '../../client/audit/audit-run.js';
import { readEvidence, type Evidence } from '../../client/audit/evidence.js';
import { fetchHistories } from '../../client/audit/fetch-histories.js';
import { createExport, readHistoryFile } from '../../client/audit/history-file.js';
import { BatonError, createUsageError } from '../../contracts/errors.js';
import { readRegistry } from '../../worker/approver-registry.js';
import { renderAuditPage } from '../pages/audit-page.js';
import { defineCommand, requireArgument, take, takeName } from '../session/command.js';
import type { Session } from '../session/session.js';

const Options = z
  .object({
    approvers: takeName('--approvers <file>', 'whose keys you trust: approvers.json', 'files'),
    history: takeName('--history <file>', 'an export, or a history as Temporal writes it', 'files'),
    digest: takeName('--digest <hex>', 'with --history: the digest of the export, as you kept it elsewhere'),
    store: takeName('--store <url>', 'checks conversations and receipts too, e.g. file:.baton/store.db'),
    receipts: takeName(
      '--receipts <url>',
      'with --store: where the receipts are, if a worker keeps them in a separate file',
    ),
    policies: takeName(
      '--policies <file>',
      'your configuration: its policies apply instead of the history',
      'files',
    ),
    tools: take(
      '--tools <list>',
      'tools that need approval, even if the history says otherwise',
      z
        .string()
        .transform((text) => text.split(',').map((tool) => tool.trim()))
        .optional(),
    ),
    to: takeName('--to <file>', 'with export: where it is written (required)', 'files'),
  })
  .refine(({ digest, history }) => digest === undefined || history !== undefined, {
    path: ['digest'],
    message: 'goes with --history: it is the digest of an export',
  });
type Options = z.infer<typeof Options>;

const EXIT_CODES: Readonly<Record<AuditReport['verdict'], number>> = {
  proven: 0,
  mismatch: 1,
  consistent: 4,
  incomplete: 4,
};

export const auditCommand = defineCommand({
  name: 'audit',
  args: [
    { name: '[run]', about: 'the id of the run; or "export", to keep its histories', values: 'runs' },
    { name: '[exported]', about: 'with export: the id of the run', values: 'runs' },
  ],
  summary: 'check afterwards who let what happen: 0 proven, 1 a mismatch, 4 unproven or incomplete',
  documents: ['audit', 'audit-export'],
  options: Options,
  examples: [
    'baton audit ticket-3 --approvers approvers.json',
    'baton audit ticket-3 --approvers approvers.json --history ticket-3.json --tools issue_refund',
    'baton audit ticket-3 --approvers approvers.json --policies baton.config.ts',
    'baton audit export ticket-3 --to ticket-3.json',
  ],
  run: async (session, args, options) => {
    if (args[0] === 'export') return keep(session, args[1], options);
    return runAudit(session, requireArgument(args, 0, 'The id of the run'), options);
  },
});

async function runAudit(session: Session, run: string, options: Options): Promise<number> {
  const { approvers, history, store, receipts, tools, policies, digest } = options;
  const trusted = approvers === undefined ? {} : { approvers: readRegistry(approvers) };
  const evidence =
    history === undefined
      ? await readLiveEvidence(session, run)
      : await readHistoryFile(history, run, digest);
  const stored = store === undefined ? undefined : await openStoredArguments(store, receipts);
  try {
    const report = await auditRun(evidence, {
      ...trusted,
      ...defined({ tools }),
      ...(policies === undefined ? {} : { policies: await loadAuditPolicies(policies) }),
      ...(stored === undefined ? {} : { storedArgs: stored.argsOf, receipts: stored.receipts }),
    });
    const { screen } = session;
    screen.print(...renderAuditPage(report, { ...screen.style, width: screen.lineWidth }));
    screen.document('audit', report);
    return EXIT_CODES[report.verdict];
  } finally {
    stored?.close();
  }
}

async function readLiveEvidence(session: Session, run: string): Promise<[Evidence, ...Evidence[]]> {
  const histories = await fetchHistories(await session.client(), run);
  const [first, ...more] = await Promise.all(histories.map(([id, history]) => readEvidence(history, id)));
  if (first) return [first, ...more];
  throw new BatonError('UNKNOWN_RUN', `There is no run ${run} in this namespace.`, { run });
}

/** An existing file may be the only copy of another run's history, so it is never overwritten. */
async function keep(session: Session, run: string | undefined, { to }: Options): Promise<number> {
  if (run === undefined || run.trim() === '')
    throw createUsageError('An export needs the id of a run, and where it goes: --to FILE.');
  if (to === undefined) throw createUsageError('Say where to: --to FILE.', { run });
  const kept = createExport(run, await fetchHistories(await session.client(), run));
  try {
    writeFileSync(to, `${JSON.stringify(kept, null, 1)}\n`, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw createUsageError(`${to} is there already. Give another --to FILE.`, { to }, error);
  }
  const { screen } = session;
  screen.print(
    `${screen.palette.good('✓')} ${run}: ${kept.histories.length === 1 ? '1 history' : `${kept.histories.length} histories`} in ${to}`,
    `  digest    ${kept.digest}`,
    `  $ ${readCommandName()} audit ${quoteWord(run)} --history ${quoteWord(to)} --digest ${kept.digest} --approvers approvers.json`,
  );
  const { histories, digest, exportedAt } = kept;
  const list = histories.map((each) => ({ workflowId: each.workflowId, digest: each.digest }));
  screen.document('audit-export', { run, file: to, exportedAt, digest, histories: list });
  return 0;
}
