/** The implementations of tools without a permission, all on the shop's database, which is created on first use. */
import { implement } from '@batonhq/baton/worker';
import { endSubscription, openTicket, resetDevice } from './actions.js';
import * as read from './database/read.js';
import { endAtPaid, keepTicket, reset } from './database/write.js';
import {
  explainLight,
  lookUpCustomer,
  lookUpDevices,
  lookUpInvoices,
  lookUpOrders,
  lookUpSubscriptions,
  serviceStatus,
} from './lookups.js';
import { orNotDone } from './or-not-done.js';
import { shop } from './shop.js';

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
  implement(endSubscription, ({ customer, subscription }) => ({
    subscription,
    endsOn: orNotDone(() => endAtPaid(shop(), customer, subscription)),
  })),
];
