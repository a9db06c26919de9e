/**
 * The accountant without a provider: a refund is due for a double payment, and for a defective device under
 * warranty.
 */
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { type Invoice, lookUpInvoices } from '../lookups.js';
import { BillingCase, type Diagnosis } from '../shapes.js';
import { type Request, resultOf, settledBefore } from './conversation.js';
import { sayLight } from './light.js';
import { amount, call, calls, handOff, resolve } from './moves.js';

export const settle: OfflineAnswer = (request) => {
  const given = BillingCase.parse(request.input);
  const found = resultOf(request, lookUpInvoices);
  if (found === undefined) return calls(call(lookUpInvoices, { customer: given.customer.id }));
  const owed = owedFor(given, found.invoices);
  if (typeof owed !== 'string') return toCashier(given, owed);
  const { diagnosis, classification } = given;
  const unexamined = diagnosis === undefined && classification.alsoAbout.includes('technical');
  if (unexamined && classification.wishes.includes('refund')) return toTechnical(given);
  return nothingOwed(request, given, owed);
};

interface Owed {
  readonly invoice: Invoice;
  readonly cents: number;
  readonly reason: string;
  readonly device?: Diagnosis;
}

/** The amount due, or why nothing is due. */
function owedFor({ diagnosis }: BillingCase, invoices: readonly Invoice[]): Owed | string {
  if (diagnosis !== undefined) return owedForDevice(diagnosis, invoices);
  const invoice = invoices.find((each) => each.payments > 1 && left(each) > each.cents);
  if (invoice === undefined) return 'each invoice was paid once';
  const cents = left(invoice) - invoice.cents;
  const reason = `Invoice ${invoice.number} over ${amount(invoice.cents, invoice.currency)} was paid ${invoice.payments} times`;
  return { invoice, cents, reason };
}

function owedForDevice(diagnosis: Diagnosis, invoices: readonly Invoice[]): Owed | string {
  const { serial, model, order, light, meaning, warranty, defective } = diagnosis;
  if (!defective) return `${serial} is not defective`;
  if (warranty !== 'valid') return `the warranty of ${serial} is over`;
  const invoice = invoices.find((each) => each.order === order);
  if (invoice === undefined) return `there is no invoice for order ${order}`;
  const cents = Math.min(left(invoice), invoice.cents);
  if (cents <= 0) return `invoice ${invoice.number} was paid back already`;
  const reason = `The ${model} ${serial} of order ${order} is defective under warranty: its light (${sayLight(light)}) says that ${meaning}`;
  return { invoice, cents, reason, device: diagnosis };
}

function left({ paidCents, refundedCents }: Invoice): number {
  return paidCents - refundedCents;
}

function toCashier({ customer, classification }: BillingCase, owed: Owed): OfflineMove {
  const { invoice, cents, reason, device } = owed;
  const { currency, number } = invoice;
  const sum = amount(cents, currency);
  return handOff('cashier', {
    goal: `Pay ${sum} back to ${customer.name}.`,
    expected: 'The money is on its way, or a person has refused it.',
    acceptance: [`the books have ${sum} under invoice ${number}`],
    told: {
      done: [`looked up the invoices: ${number} was paid with ${amount(invoice.paidCents, currency)}`],
      decisions: [{ decision: `${sum} of invoice ${number} are owed`, reason: lowered(reason) }],
      needToKnow: device === undefined ? [] : [`${device.serial} of order ${device.order} has to come back`],
    },
    payload: {
      customer: { id: customer.id, name: customer.name },
      classification: { wishes: classification.wishes },
      invoice: number,
      cents,
      currency,
      reason,
      ...(device === undefined ? {} : { order: device.order, serial: device.serial }),
    },
  });
}

function toTechnical(given: BillingCase): OfflineMove {
  const { customer, classification, message } = given;
  return handOff('technical', {
    goal: 'Say whether the device is defective.',
    expected: 'The case comes back to billing with a diagnosis.',
    acceptance: ['the diagnosis names the light and what it means'],
    told: {
      done: ['looked up the invoices: each was paid once'],
      decisions: [
        { decision: 'the device is looked at first', reason: 'money is owed only for one that is defective' },
      ],
      open: ['whether the device is defective'],
    },
    payload: { customer, classification, message },
  });
}

function nothingOwed(request: Request, given: BillingCase, why: string): OfflineMove {
  const { customer, classification } = given;
  const { wishes } = classification;
  const decision = { decision: 'nothing is paid back', reason: why };
  if (wishes.some((wish) => wish.endsWith('-subscription'))) {
    return handOff('account', {
      goal: 'Settle what becomes of the subscription, and answer the customer.',
      expected: 'The customer has an answer to everything that they ask.',
      acceptance: ['the customer knows why nothing was paid back'],
      told: { decisions: [decision] },
      payload: {
        customer: { id: customer.id, name: customer.name },
        classification: { wishes },
        refused: `Nothing is owed: ${why}.`,
      },
    });
  }
  return resolve({
    name: customer.name,
    letter: [`We have looked at your invoices. We do not pay anything back, as ${why}.`],
    done: [...settledBefore(request).decisions, { what: decision.decision, why }],
  });
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
