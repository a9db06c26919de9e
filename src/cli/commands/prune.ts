/** `baton prune`: removes the texts of ended runs from the store. */
import { z } from 'zod';
import { toMilliseconds, type Duration } from '../../contracts/data/duration.js';
import { formatDateAndClock } from '../../client/text/time.js';
import type { PruneReport } from '../../schemas/documents/prune.js';
import { pruneStore } from '../../client/retention/prune-store.js';
import { openStoredTexts } from '../../worker/stored-arguments.js';
import { findStoreUrl } from '../session/find-store.js';
import { defineCommand, take, takeFlag, takeName } from '../session/command.js';
import { escapeText } from '../terminal/escape-text.js';
import type { Palette } from '../terminal/palette.js';

const Options = z.object({
  olderThan: take(
    '--older-than <duration>',
    'runs that ended longer ago, e.g. 30d (default: 30d)',
    z
      .string()
      .default('30d')
      .transform((text) => toMilliseconds(text as Duration) ?? 0)
      .refine((ms) => ms > 0, 'is a duration such as 12h or 30d'),
  ),
  export: takeName(
    '--export <folder>',
    'keep the histories there first, a file a run, for `baton audit`',
    'files',
  ),
  forgotten: takeFlag(
    '--forgotten',
    'also texts of runs that this server does not know; only where all runs of the store are in this namespace',
  ),
  dryRun: takeFlag('--dry-run', 'only tell what would be deleted'),
  store: takeName('--store <url>', 'another store than that of the configuration, e.g. file:.baton/store.db'),
});

export const pruneCommand = defineCommand({
  name: 'prune',
  args: [{ name: '[run]', about: 'only this run, whenever it ended', values: 'runs' }],
  summary: 'delete the texts of runs that ended long ago from the store; what was done stays noted',
  options: Options,
  examples: ['baton prune --older-than 90d --export kept', 'baton prune --dry-run', 'baton prune ticket-3'],
  run: async (session, [run], { olderThan, export: exportTo, forgotten, dryRun, store }) => {
    const client = await session.client();
    const wish = { olderThanMs: olderThan, run, forgotten, exportTo, dryRun };
    const texts = await openStoredTexts(store ?? (await findStoreUrl()));
    try {
      const report = await pruneStore(client, texts, wish);
      const { screen } = session;
      screen.print(...formatReport(escapeText(report), screen.palette));
      screen.document('prune', report);
    } finally {
      texts.close();
    }
  },
});

function formatReport({ dryRun, pruned, kept }: PruneReport, palette: Palette): string[] {
  const bytes = pruned.reduce((sum, each) => sum + each.bytes, 0);
  const what = dryRun ? 'would be deleted' : 'deleted';
  return [
    ...pruned.map(({ workflowId, root, endedAt, exported, bytes: size }) => {
      const name = workflowId ?? `a run that the server does not know (${root})`;
      const ended = endedAt === undefined ? '' : `, ended ${formatDateAndClock(endedAt)}`;
      return `${palette.good('✓')} ${name}: ${size} bytes${ended}${exported === undefined ? '' : `, kept in ${exported}`}`;
    }),
    `The texts of ${pruned.length} runs ${what} (${bytes} bytes); ${kept} runs keep theirs.`,
  ];
}
