/** The queries of the shop's database. */
import { z } from 'zod';
import { Device, Incident, Invoice, Order, Subscription } from '../lookups.js';
import { Customer, type Light } from '../shapes.js';
import type { SupportDatabase } from './support-database.js';

export function customerBy(shop: SupportDatabase, email: string): Customer | undefined {
  return shop.first(Customer, 'select id, name, email, region from customers where email = ?', email.trim());
}

export function customerOf(shop: SupportDatabase, id: string): Customer | undefined {
  return shop.first(Customer, 'select id, name, email, region from customers where id = ?', id);
}

export function devicesOf(shop: SupportDatabase, customer: string): Device[] {
  return shop.all(
    Device,
    `select serial, "order", model, state, iif(warranty_until >= date('now'), 'valid', 'expired') as warranty
       from devices where customer = ? order by serial`,
    customer,
  );
}

export function ordersOf(shop: SupportDatabase, customer: string): z.infer<typeof Order>[] {
  return shop.all(
    Order,
    'select id, item, placed_on as placedOn, state from orders where customer = ? order by placed_on desc, id',
    customer,
  );
}

const INVOICES = `
  select number, "order", subscription, text, cents, currency, issued_on as issuedOn,
         (select coalesce(sum(cents), 0) from payments where invoice = number) as paidCents,
         (select count(*) from payments where invoice = number) as payments,
         (select coalesce(sum(cents), 0) from refunds where invoice = number) as refundedCents
    from invoices`;

export function invoicesOf(shop: SupportDatabase, customer: string): Invoice[] {
  return shop.all(Invoice, `${INVOICES} where customer = ? order by issued_on desc, number`, customer);
}

export function subscriptionsOf(shop: SupportDatabase, customer: string): Subscription[] {
  return shop.all(
    Subscription,
    `select id, plan, serial, monthly_cents as monthlyCents, currency, paid_until as paidUntil, state
       from subscriptions where customer = ? order by id`,
    customer,
  );
}

export function incidentsIn(shop: SupportDatabase, region: string): Incident[] {
  return shop.all(
    Incident,
    'select id, service, title, since, advice from incidents where region = ? and ended_at is null order by since desc',
    region,
  );
}

const Entry = z.object({ meaning: z.string(), remedy: z.enum(['wait', 'reset', 'replace']) });

export function manualEntry(
  shop: SupportDatabase,
  model: string,
  { colour, blinks }: Light,
): z.infer<typeof Entry> | undefined {
  return shop.first(
    Entry,
    'select meaning, remedy from lights where model = ? and colour = ? and blinks = ?',
    model,
    colour,
    blinks,
  );
}
