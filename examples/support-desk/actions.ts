/** The desk's actions: two that are safe to repeat, and one that is irreversible. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { Refund } from './shapes.js';

/** The permission to move money. */
export const PAYMENTS = 'payments';

export const DEPARTMENTS = ['support', 'logistics', 'billing', 'account'] as const;

export const openTicket = tool({
  name: 'open_ticket',
  description:
    'Leaves work for colleagues who are people: a replacement to send, a call to make, a question to settle.',
  input: z.object({
    customer: z.string().nullable().describe("The customer's id; null when they are not known."),
    department: z.enum(DEPARTMENTS),
    subject: z.string().describe('In a few words.'),
    details: z.string().describe('All that they need to know, as they see nothing else.'),
  }),
  output: z.object({ ticket: z.string().describe('E.g. T-1.') }),
  effect: 'idempotent',
});

export const resetDevice = tool({
  name: 'reset_device',
  description:
    'Resets a device from afar, and says whether it came back. Only where the manual says that it helps.',
  input: z.object({ serial: z.string() }),
  output: z.object({ serial: z.string(), state: z.enum(['working', 'silent']) }),
  effect: 'idempotent',
});

export const endSubscription = tool({
  name: 'end_subscription',
  description: 'Ends a subscription at the end of what is paid. Only when the customer asks for it.',
  input: z.object({
    customer: z.string().describe("The customer's id: the subscription must be theirs."),
    subscription: z.string().describe('E.g. S-3001.'),
  }),
  output: z.object({ subscription: z.string(), endsOn: z.string() }),
  effect: 'idempotent',
});

/**
 * A person is asked first. The ledger recognises a repeat by its key, so Baton can retry an attempt that died
 * half-way.
 */
export const issueRefund = tool({
  name: 'issue_refund',
  description: 'Pays money back to the customer, by the way it came. It cannot be called back.',
  input: z.object({
    invoice: z.string().describe('E.g. I-4101.'),
    cents: z.number().int().positive().describe('At most what was paid and not yet paid back.'),
    currency: z.string(),
    reason: z.string().describe('What the books say, and what the person who approves it reads.'),
  }),
  output: Refund,
  effect: 'irreversible',
  idempotency: 'keyed',
  permission: PAYMENTS,
  unknownOutcome: { done: 'It was paid back', again: 'Pay it back again' },
});
