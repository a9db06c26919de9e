/** The ledger: the payments for each invoice, and their refunds. It is a separate file with a separate key. */
import { z } from 'zod';
import type { Refund } from '../shapes.js';
import { Refused } from './refused.js';
import { SqliteFile } from './sqlite-file.js';

export class Ledger extends SqliteFile {
  /** @param key - encrypts the file, which cannot be opened without this key. */
  constructor(file: string, key?: string) {
    const encrypted = key === undefined ? {} : { key };
    super(file, { what: 'the ledger', version: 1, scripts: ['ledger.sql'], ...encrypted });
  }
}

export interface NewRefund {
  readonly invoice: string;
  readonly cents: number;
  readonly currency: string;
  readonly reason: string;
}

const Kept = z.object({
  number: z.number().int(),
  invoice: z.string(),
  cents: z.number().int(),
  currency: z.string(),
});

/**
 * Pays a refund, once for each key: a repeat returns the existing refund and moves no money.
 *
 * @throws {Refused} when the invoice does not exist, has another currency, or has less than this amount left;
 * nothing was paid back.
 */
export function payBack(ledger: Ledger, wanted: NewRefund, key: string): Refund {
  return ledger.change(() => {
    const earlier = refundUnder(ledger, key);
    if (earlier !== undefined) return earlier;
    assertOwed(ledger, wanted);
    ledger.run(
      `insert into refunds (key, number, invoice, cents, currency, reason, issued_at)
       values (?, (select count(*) + 1 from refunds), ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`,
      key,
      wanted.invoice,
      wanted.cents,
      wanted.currency,
      wanted.reason,
    );
    const made = refundUnder(ledger, key);
    if (made === undefined) throw new Error('The refund was not kept.');
    return made;
  });
}

function refundUnder(ledger: Ledger, key: string): Refund | undefined {
  const kept = ledger.first(Kept, 'select number, invoice, cents, currency from refunds where key = ?', key);
  if (kept === undefined) return undefined;
  const { number, ...refund } = kept;
  return { id: `R-${number}`, ...refund };
}

const Receipt = z.object({ left: z.number().int(), currency: z.string() });

function assertOwed(ledger: Ledger, { invoice, cents, currency }: NewRefund): void {
  const receipt = ledger.first(
    Receipt,
    `select cents - (select coalesce(sum(cents), 0) from refunds where refunds.invoice = receipts.invoice) as left,
            currency from receipts where invoice = ?`,
    invoice,
  );
  if (receipt === undefined) throw new Refused(`There is no invoice ${invoice}.`);
  if (receipt.currency !== currency)
    throw new Refused(`Invoice ${invoice} is in ${receipt.currency}, not in ${currency}.`);
  if (cents > receipt.left)
    throw new Refused(
      `Of invoice ${invoice} ${receipt.left} cents are left to pay back, and ${cents} were to be. Nothing was paid back.`,
    );
}
