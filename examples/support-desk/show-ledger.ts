/** Prints the refunds: `node dist/examples/support-desk/show-ledger.js`, with the worker's LEDGER_KEY. */
import path from 'node:path';
import { z } from 'zod';
import { Ledger } from './database/ledger.js';

const Row = z.object({
  number: z.number(),
  invoice: z.string(),
  cents: z.number(),
  currency: z.string(),
  issued_at: z.string(),
  reason: z.string(),
});

const file = path.resolve(process.env['BATON_LEDGER'] || '.baton/ledger.db');
const ledger = new Ledger(file, process.env['LEDGER_KEY'] || undefined);
const rows = ledger.all(
  Row,
  'select number, invoice, cents, currency, issued_at, reason from refunds order by number',
);
for (const { number, invoice, cents, currency, issued_at: at, reason } of rows) {
  process.stdout.write(
    `R-${number}  ${invoice}  ${(cents / 100).toFixed(2)} ${currency}  ${at}  ${reason}\n`,
  );
}
if (rows.length === 0) process.stdout.write(`Nothing was paid back in ${file}.\n`);
ledger.close();
