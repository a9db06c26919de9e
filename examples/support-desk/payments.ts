/**
 * The implementations behind the permission "payments", with the ledger: a separate file that is encrypted
 * with `LEDGER_KEY`. Only the worker with this permission has the key; where decisions are signed, nothing is
 * paid without it.
 */
import path from 'node:path';
import { implement, NotDone } from '@batonhq/baton/worker';
import { issueRefund } from './actions.js';
import { Ledger, payBack } from './database/ledger.js';
import { noteRefund } from './database/write.js';
import { orNotDone } from './or-not-done.js';
import { approversFile } from './proof.js';
import { shop } from './shop.js';

const ledgers = new Map<string, Ledger>();

/** Opened at the first refund: `BATON_LEDGER`, or `.baton/ledger.db` in the working directory. */
function ledger(): Ledger {
  const key = process.env['LEDGER_KEY'] || undefined;
  if (key === undefined && approversFile() !== undefined)
    throw new NotDone('This worker has no LEDGER_KEY, so it pays nothing back.');
  const file = path.resolve(process.env['BATON_LEDGER'] || '.baton/ledger.db');
  const open = ledgers.get(file) ?? opened(file, key);
  ledgers.set(file, open);
  return open;
}

function opened(file: string, key: string | undefined): Ledger {
  try {
    return new Ledger(file, key);
  } catch (error) {
    throw new NotDone(`The ledger ${file} cannot be opened with this worker's LEDGER_KEY: ${String(error)}`, {
      cause: error,
    });
  }
}

// Before the ledger's commit an error means that nothing was paid. After it, the key makes a repeat harmless.
export const payments = [
  implement(issueRefund, (wanted, { idempotencyKey: key }) => {
    const refund = orNotDone(() => payBack(ledger(), wanted, key));
    noteRefund(shop(), refund, { reason: wanted.reason, key });
    return refund;
  }),
];
