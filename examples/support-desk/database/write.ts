/** What can be changed in the shop's database. Each change knows its own repeat. */
import { z } from 'zod';
import type { Refund } from '../shapes.js';
import { customerOf, invoiceBy } from './read.js';
import type { SupportDatabase } from './support-database.js';

/** Why nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const Id = z.object({ id: z.number().int() });

export interface NewTicket {
  readonly customer: string | null;
  readonly department: string;
  readonly subject: string;
  readonly details: string;
}

/**
 * Opens a ticket, once a key.
 *
 * @throws {Refused} when it names a customer whom nobody knows.
 */
export function keepTicket(shop: SupportDatabase, ticket: NewTicket, key: string): string {
  const { customer, department, subject, details } = ticket;
  return shop.change(() => {
    const earlier = ticketUnder(shop, key);
    if (earlier !== undefined) return earlier;
    if (customer !== null && customerOf(shop, customer) === undefined)
      throw new Refused(`There is no customer ${customer}.`);
    shop.run(
      `insert into tickets (key, customer, department, subject, details, opened_at)
       values (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`,
      key,
      customer,
      department,
      subject,
      details,
    );
    const opened = ticketUnder(shop, key);
    if (opened === undefined) throw new Error('The ticket was not kept.');
    return opened;
  });
}

function ticketUnder(shop: SupportDatabase, key: string): string | undefined {
  const kept = shop.first(Id, 'select id from tickets where key = ?', key);
  return kept && `T-${kept.id}`;
}

const State = z.object({ state: z.enum(['working', 'silent']) });

/**
 * Resets a device: one that can come back does.
 *
 * @throws {Refused} when there is no such device.
 */
export function reset(shop: SupportDatabase, serial: string): 'working' | 'silent' {
  return shop.change(() => {
    shop.run(
      `update devices set state = iif(comes_back = 1, 'working', 'silent'), last_reset = datetime('now') where serial = ?`,
      serial,
    );
    const device = shop.first(State, 'select state from devices where serial = ?', serial);
    if (device === undefined) throw new Refused(`There is no device ${serial}.`);
    return device.state;
  });
}

const Ends = z.object({ endsOn: z.string() });

/**
 * Ends a subscription when what is paid is used up, and says when that is.
 *
 * @throws {Refused} when there is no such subscription.
 */
export function endAtPaid(shop: SupportDatabase, subscription: string): string {
  return shop.change(() => {
    shop.run(`update subscriptions set state = 'ending' where id = ?`, subscription);
    const ending = shop.first(
      Ends,
      'select paid_until as endsOn from subscriptions where id = ?',
      subscription,
    );
    if (ending === undefined) throw new Refused(`There is no subscription ${subscription}.`);
    return ending.endsOn;
  });
}

export interface NewRefund {
  readonly invoice: string;
  readonly cents: number;
  readonly currency: string;
  readonly reason: string;
}

const Kept = z.object({
  id: z.number().int(),
  invoice: z.string(),
  cents: z.number().int(),
  currency: z.string(),
});

/**
 * Pays back, once a key: a repeat gets the refund that is there already, and moves no money.
 *
 * @throws {Refused} when there is no such invoice, it is in another currency, or less than that is left of what was
 * paid; nothing was paid back.
 */
export function payBack(shop: SupportDatabase, wanted: NewRefund, key: string): Refund {
  return shop.change(() => {
    const earlier = refundUnder(shop, key);
    if (earlier !== undefined) return earlier;
    assertOwed(shop, wanted);
    shop.run(
      `insert into refunds (key, invoice, cents, currency, reason, issued_at)
       values (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`,
      key,
      wanted.invoice,
      wanted.cents,
      wanted.currency,
      wanted.reason,
    );
    const made = refundUnder(shop, key);
    if (made === undefined) throw new Error('The refund was not kept.');
    return made;
  });
}

function refundUnder(shop: SupportDatabase, key: string): Refund | undefined {
  const kept = shop.first(Kept, 'select id, invoice, cents, currency from refunds where key = ?', key);
  return kept && { ...kept, id: `R-${kept.id}` };
}

function assertOwed(shop: SupportDatabase, { invoice: number, cents, currency }: NewRefund): void {
  const invoice = invoiceBy(shop, number);
  if (invoice === undefined) throw new Refused(`There is no invoice ${number}.`);
  if (invoice.currency !== currency)
    throw new Refused(`Invoice ${number} is in ${invoice.currency}, not in ${currency}.`);
  const left = invoice.paidCents - invoice.refundedCents;
  if (cents > left)
    throw new Refused(
      `Of invoice ${number} ${left} cents are left to pay back, and ${cents} were to be. Nothing was paid back.`,
    );
}
