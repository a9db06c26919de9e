/** The changes of the shop's database. Each change recognises its own repeat. */
import { z } from 'zod';
import type { Refund } from '../shapes.js';
import { customerOf } from './read.js';
import { Refused } from './refused.js';
import type { SupportDatabase } from './support-database.js';

const Id = z.object({ id: z.number().int() });

export interface NewTicket {
  readonly customer: string | null;
  readonly department: string;
  readonly subject: string;
  readonly details: string;
}

/**
 * Opens a ticket, once for each key.
 *
 * @throws {Refused} when the customer is unknown.
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
 * Resets a device. A device that can recover works again afterwards.
 *
 * @throws {Refused} when the device does not exist.
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
 * Ends a subscription at the end of the paid period, and returns that date.
 *
 * @throws {Refused} when the customer has no such subscription.
 */
export function endAtPaid(shop: SupportDatabase, customer: string, subscription: string): string {
  return shop.change(() => {
    const theirs = [subscription, customer] as const;
    shop.run(`update subscriptions set state = 'ending' where id = ? and customer = ?`, ...theirs);
    const ending = shop.first(
      Ends,
      'select paid_until as endsOn from subscriptions where id = ? and customer = ?',
      ...theirs,
    );
    if (ending === undefined) throw new Refused(`${customer} has no subscription ${subscription}.`);
    return ending.endsOn;
  });
}

/** Reports a refund to the shop, once for each key, so that billing sees it. The ledger handles the money. */
export function noteRefund(
  shop: SupportDatabase,
  { id, invoice, cents, currency }: Refund,
  { reason, key }: { readonly reason: string; readonly key: string },
): void {
  shop.run(
    `insert into refunds (key, id, invoice, cents, currency, reason, issued_at)
     values (?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) on conflict (key) do nothing`,
    key,
    id,
    invoice,
    cents,
    currency,
    reason,
  );
}
