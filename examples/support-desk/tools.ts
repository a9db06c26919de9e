/** What the desk's tools do: all of it in the shop's database, which is made on first use. */
import path from 'node:path';
import { implement, NotDone } from '@batonhq/baton/worker';
import { endSubscription, issueRefund, openTicket, resetDevice } from './actions.js';
import * as read from './database/read.js';
import { SupportDatabase } from './database/support-database.js';
import { endAtPaid, keepTicket, payBack, Refused, reset } from './database/write.js';
import {
  explainLight,
  lookUpCustomer,
  lookUpDevices,
  lookUpInvoices,
  lookUpOrders,
  lookUpSubscriptions,
  serviceStatus,
} from './lookups.js';

/** The shop of this process: `BATON_SHOP`, or `.baton/shop.db` in the working directory. */
function shopFile(): string {
  const named = process.env['BATON_SHOP'];
  return path.resolve(named === undefined || named === '' ? '.baton/shop.db' : named);
}

const shops = new Map<string, SupportDatabase>();

/** Opened once a process, when a tool first needs it. */
function shop(): SupportDatabase {
  const file = shopFile();
  const open = shops.get(file) ?? new SupportDatabase(file);
  shops.set(file, open);
  return open;
}

/** What the books refuse has not happened. */
function orNotDone<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (error instanceof Refused) throw new NotDone(error.message, { cause: error });
    throw error;
  }
}

export const tools = [
  implement(lookUpCustomer, ({ email }) => ({ customer: read.customerBy(shop(), email) ?? null })),
  implement(lookUpDevices, ({ customer }) => ({ devices: read.devicesOf(shop(), customer) })),
  implement(lookUpOrders, ({ customer }) => ({ orders: read.ordersOf(shop(), customer) })),
  implement(lookUpInvoices, ({ customer }) => ({ invoices: read.invoicesOf(shop(), customer) })),
  implement(lookUpSubscriptions, ({ customer }) => ({
    subscriptions: read.subscriptionsOf(shop(), customer),
  })),
  implement(serviceStatus, ({ region }) => ({ incidents: read.incidentsIn(shop(), region) })),
  implement(explainLight, ({ model, light }) => ({ entry: read.manualEntry(shop(), model, light) ?? null })),
  implement(openTicket, (ticket, { idempotencyKey }) => ({
    ticket: orNotDone(() => keepTicket(shop(), ticket, idempotencyKey)),
  })),
  implement(resetDevice, ({ serial }) => ({
    serial,
    state: orNotDone(() => reset(shop(), serial)),
  })),
  implement(endSubscription, ({ subscription }) => ({
    subscription,
    endsOn: orNotDone(() => endAtPaid(shop(), subscription)),
  })),
  // What goes wrong before the transaction is committed has not happened; the key makes the rest harmless.
  implement(issueRefund, (refund, { idempotencyKey }) =>
    orNotDone(() => payBack(shop(), refund, idempotencyKey)),
  ),
];
