/** The input, the data that the desk's members exchange, and the customer's result. */
import { z } from 'zod';

export const Ticket = z.object({
  from: z.string().min(3).describe("The customer's e-mail address."),
  message: z.string().min(3).describe("The customer's message."),
});
export type Ticket = z.infer<typeof Ticket>;

/** The topics of a ticket; each has an agent. */
export const TOPICS = ['technical', 'billing', 'account'] as const;
export type Topic = (typeof TOPICS)[number];

export const WISHES = ['repair', 'replacement', 'refund', 'end-subscription', 'keep-subscription'] as const;
export type Wish = (typeof WISHES)[number];

/** Triage's classification of the message. It travels with every handoff, so that no agent has to derive it again. */
export const Classification = z.object({
  topic: z.enum(TOPICS).describe('The topic to settle first.'),
  alsoAbout: z.array(z.enum(TOPICS)).describe('Other topics to settle, in order; often empty.'),
  wishes: z.array(z.enum(WISHES)).describe('Only wishes that the customer states.'),
  urgency: z.enum(['normal', 'high']).describe('high: the customer cannot work, or writes again.'),
  confidence: z.number().min(0).max(1).describe('How sure the topic is.'),
  why: z.string().describe('The words of the message that decided.'),
});
export type Classification = z.infer<typeof Classification>;

export const Customer = z.object({
  id: z.string().describe('E.g. C-1001.'),
  name: z.string(),
  email: z.string(),
  region: z.string().describe('Where they live, as incidents name it.'),
});
export type Customer = z.infer<typeof Customer>;

export const Light = z.object({
  colour: z.enum(['red', 'orange', 'green', 'blue', 'white']),
  blinks: z.number().int().min(0).describe('How often in a row; 0 when it does not blink.'),
});
export type Light = z.infer<typeof Light>;

export const Diagnosis = z.object({
  serial: z.string().describe('The device.'),
  model: z.string(),
  order: z.string().describe('The order by which it was bought, e.g. O-2101.'),
  warranty: z.enum(['valid', 'expired']),
  defective: z.boolean().describe('Whether it has to be replaced or refunded.'),
  light: Light.describe('Which light it shows, as the customer says.'),
  meaning: z.string().describe("The manual's explanation of that light."),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/** The payload from triage to technical, and from billing when a device must be checked. */
export const TechnicalCase = z.object({
  customer: Customer,
  classification: Classification,
  message: z.string().describe("The customer's message, word for word."),
});
export type TechnicalCase = z.infer<typeof TechnicalCase>;

export const BillingCase = z.object({
  customer: Customer,
  classification: Classification,
  message: z.string().describe("The part of the customer's message about money, word for word."),
  diagnosis: Diagnosis.optional().describe('Present when technical has looked at the device.'),
});
export type BillingCase = z.infer<typeof BillingCase>;

/** Everything that a cashier receives: the amount to pay back, and the reasons. */
export const RefundCase = z.object({
  customer: Customer.pick({ id: true, name: true }),
  classification: Classification.pick({ wishes: true }),
  invoice: z.string().describe('E.g. I-4101.'),
  cents: z.number().int().positive().describe('How much, in cents.'),
  currency: z.string().describe('E.g. EUR.'),
  order: z.string().optional().describe('The order that is paid back whole; absent for anything else.'),
  serial: z.string().optional().describe('The device that the customer returns; absent for anything else.'),
  reason: z.string().describe('Why it is owed, in a sentence that may stand in the books.'),
});
export type RefundCase = z.infer<typeof RefundCase>;

export const Refund = z.object({
  id: z.string().describe('E.g. R-1.'),
  invoice: z.string(),
  cents: z.number().int().positive(),
  currency: z.string(),
});
export type Refund = z.infer<typeof Refund>;

export const AccountCase = z.object({
  customer: Customer.pick({ id: true, name: true }),
  classification: Classification.pick({ wishes: true }),
  refund: Refund.extend({
    order: z.string().optional().describe('The order that was paid back whole.'),
    serial: z.string().optional().describe('The device that the customer returns.'),
  })
    .optional()
    .describe('Present when money was paid back.'),
  refused: z.string().optional().describe('Present when a refund was refused: by whom, and why.'),
});
export type AccountCase = z.infer<typeof AccountCase>;

/** The customer's result. */
export const Resolution = z.object({
  answer: z
    .string()
    .describe('The letter to the customer: what was found, what was done, what happens next.'),
  done: z
    .array(z.object({ what: z.string(), why: z.string() }))
    .describe('The actions of every agent on the desk, with the reasons, in order.'),
  refund: Refund.nullable().describe('The refund; null when nothing was paid back.'),
  tickets: z.array(z.string()).describe('Tickets that were opened for colleagues.'),
});
export type Resolution = z.infer<typeof Resolution>;
