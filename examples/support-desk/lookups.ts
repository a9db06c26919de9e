/** The desk's look-ups. They change nothing. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { Customer, Light } from './shapes.js';

const OfCustomer = z.object({ customer: z.string().describe("The customer's id, e.g. C-1001.") });

export const lookUpCustomer = tool({
  name: 'look_up_customer',
  description: 'Finds a customer by the e-mail address they write from; null when the address is unknown.',
  input: z.object({ email: z.string() }),
  output: z.object({ customer: Customer.nullable() }),
});

export const Device = z.object({
  serial: z.string(),
  order: z.string().describe('The order by which it was bought.'),
  model: z.string(),
  warranty: z.enum(['valid', 'expired']),
  state: z.enum(['working', 'silent']).describe('silent: it has not been heard of for a while.'),
});
export type Device = z.infer<typeof Device>;

export const lookUpDevices = tool({
  name: 'look_up_devices',
  description: 'Lists the devices of a customer, with warranty and whether they are heard of.',
  input: OfCustomer,
  output: z.object({ devices: z.array(Device) }),
});

export const Order = z.object({
  id: z.string(),
  item: z.string(),
  placedOn: z.string(),
  state: z.enum(['shipped', 'delivered', 'returned']),
});

export const lookUpOrders = tool({
  name: 'look_up_orders',
  description: 'Lists the orders of a customer, the newest first.',
  input: OfCustomer,
  output: z.object({ orders: z.array(Order) }),
});

export const Invoice = z.object({
  number: z.string(),
  order: z.string().nullable(),
  subscription: z.string().nullable(),
  text: z.string(),
  cents: z.number().int().describe('The amount due.'),
  paidCents: z.number().int().describe('The amount paid, in all payments together.'),
  payments: z.number().int().describe('How many payments there were.'),
  refundedCents: z.number().int().describe('The amount paid back.'),
  currency: z.string(),
  issuedOn: z.string(),
});
export type Invoice = z.infer<typeof Invoice>;

export const lookUpInvoices = tool({
  name: 'look_up_invoices',
  description: 'Lists the invoices of a customer with what was paid and paid back, the newest first.',
  input: OfCustomer,
  output: z.object({ invoices: z.array(Invoice) }),
});

export const Subscription = z.object({
  id: z.string(),
  plan: z.string(),
  serial: z.string().nullable().describe('The device that it is for; null when it is for none.'),
  monthlyCents: z.number().int(),
  currency: z.string(),
  paidUntil: z.string(),
  state: z.enum(['active', 'ending']),
});
export type Subscription = z.infer<typeof Subscription>;

export const lookUpSubscriptions = tool({
  name: 'look_up_subscriptions',
  description: 'Lists the subscriptions of a customer, with the device that each is for.',
  input: OfCustomer,
  output: z.object({ subscriptions: z.array(Subscription) }),
});

export const Incident = z.object({
  id: z.string(),
  service: z.string(),
  title: z.string(),
  since: z.string().describe('UTC.'),
  advice: z.string(),
});
export type Incident = z.infer<typeof Incident>;

export const serviceStatus = tool({
  name: 'service_status',
  description: 'Lists the incidents that are going on in a region; an empty list says that all is well.',
  input: z.object({ region: z.string().describe("The customer's region.") }),
  output: z.object({ incidents: z.array(Incident) }),
});

export const explainLight = tool({
  name: 'explain_light',
  description:
    'Says what the manual has about a light of a device, and what helps; null for a light that it does not know.',
  input: z.object({ model: z.string().describe('E.g. Halo 2.'), light: Light }),
  output: z.object({
    entry: z
      .object({
        meaning: z.string(),
        remedy: z
          .enum(['wait', 'reset', 'replace'])
          .describe('replace: the device is defective, a reset does not help.'),
      })
      .nullable(),
  }),
});
