/** The cashier without a provider: pays the requested refund once, and reports the outcome. */
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { issueRefund } from '../actions.js';
import { type Refund, RefundCase } from '../shapes.js';
import { failureOf, type Request, resultOf, settledBefore } from './conversation.js';
import { amount, call, calls, handOff, resolve } from './moves.js';

export const payOut: OfflineAnswer = (request) => {
  const given = RefundCase.parse(request.input);
  const { invoice, cents, currency, reason } = given;
  const refund = resultOf(request, issueRefund);
  const refused = failureOf(request, issueRefund);
  if (refund === undefined && refused === undefined)
    return calls(call(issueRefund, { invoice, cents, currency, reason }));
  const subscription = given.classification.wishes.some((wish) => wish.endsWith('-subscription'));
  return subscription || given.order !== undefined
    ? toAccount(given, refund, refused)
    : answered(request, given, refund, refused);
};

function toAccount(given: RefundCase, refund: Refund | undefined, refused: string | undefined): OfflineMove {
  const { customer, classification, order, serial } = given;
  return handOff('account', {
    goal: 'Settle what becomes of the subscription, and answer the customer.',
    expected: 'The customer has an answer to everything that they ask.',
    acceptance: ['the answer names the amount and the reason', 'nothing is asked that was answered'],
    told: { decisions: [became(given, refund, refused)] },
    payload: {
      customer,
      classification,
      ...(refund === undefined ? { refused } : { refund: { ...refund, order, serial } }),
    },
  });
}

/** A person may have edited the amount before approving it. */
function sumOf({ cents, currency }: RefundCase, refund?: Refund): string {
  return amount(refund?.cents ?? cents, currency);
}

function became(given: RefundCase, refund?: Refund, refused = '') {
  const { invoice } = given;
  const sum = sumOf(given, refund);
  return refund === undefined
    ? { decision: `${sum} of invoice ${invoice} were not paid back`, reason: refused }
    : {
        decision: `${sum} of invoice ${invoice} were paid back as ${refund.id}`,
        reason: 'people agreed to it',
      };
}

function answered(
  request: Request,
  given: RefundCase,
  refund: Refund | undefined,
  refused: string | undefined,
): OfflineMove {
  const { decision, reason } = became(given, refund, refused);
  const sum = sumOf(given, refund);
  return resolve({
    name: given.customer.name,
    letter:
      refund === undefined
        ? [`We have not paid ${sum} back. ${reason}`]
        : [`${given.reason}. We have paid ${sum} back to you (${refund.id}), by the way it came.`],
    done: [...settledBefore(request).decisions, { what: decision, why: reason }],
    ...(refund === undefined ? {} : { refund }),
  });
}
