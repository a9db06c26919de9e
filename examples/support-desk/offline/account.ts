/** The account agent without a provider. It ends the run, and reports what every agent did. */
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { endSubscription } from '../actions.js';
import { lookUpSubscriptions, type Subscription } from '../lookups.js';
import { AccountCase } from '../shapes.js';
import { failureOf, type Request, resultOf, settledBefore } from './conversation.js';
import { amount, call, calls, resolve } from './moves.js';

export const lookAfter: OfflineAnswer = (request) => {
  const given = AccountCase.parse(request.input);
  const found = resultOf(request, lookUpSubscriptions);
  if (found === undefined) return calls(call(lookUpSubscriptions, { customer: given.customer.id }));
  const subscription = meant(found.subscriptions, given);
  const ended = resultOf(request, endSubscription);
  const tried = ended !== undefined || failureOf(request, endSubscription) !== undefined;
  const { wishes } = given.classification;
  if (wishes.includes('end-subscription') && subscription?.state === 'active' && !tried)
    return calls(call(endSubscription, { customer: given.customer.id, subscription: subscription.id }));
  return lastWord(request, given, becameOf(subscription, wishes, ended?.endsOn));
};

/** The subscription of the returned device, or the only one. */
function meant(all: readonly Subscription[], { refund }: AccountCase): Subscription | undefined {
  const forDevice = all.filter(({ serial }) => serial !== null && serial === refund?.serial);
  return [forDevice, all].find((some) => some.length === 1)?.[0];
}

interface Became {
  readonly says: string;
  readonly what: string;
  readonly why: string;
}

function becameOf(
  subscription: Subscription | undefined,
  wishes: AccountCase['classification']['wishes'],
  endsOn: string | undefined,
): Became {
  if (subscription === undefined) {
    const says = 'We find no subscription that you could mean.';
    return { says, what: 'No subscription was changed', why: 'the message does not say which one' };
  }
  const { id, plan, paidUntil } = subscription;
  if (endsOn !== undefined) {
    const says = `${plan} (${id}) ends on ${endsOn}, when what you have paid is used up.`;
    return { says, what: `${id} ends on ${endsOn}`, why: 'the customer wishes it' };
  }
  if (subscription.state === 'ending') {
    const says = `${plan} (${id}) was ended before; it runs until ${paidUntil}.`;
    return { says, what: `${id} was left as it is`, why: 'it was ended before' };
  }
  if (wishes.includes('keep-subscription')) {
    const says = `${plan} (${id}) goes on, as you wish.`;
    return { says, what: `${id} was left as it is`, why: 'the customer wishes it' };
  }
  const says = `${plan} (${id}) goes on; write to us if you want to end it.`;
  return { says, what: `${id} was left as it is`, why: 'the customer said nothing about it' };
}

function lastWord(request: Request, { customer, refund, refused }: AccountCase, became: Became): OfflineMove {
  const before = settledBefore(request);
  // The payload for account does not contain technical's diagnosis; the settled facts do.
  const diagnosis = before.decisions.find(({ what }) => what.endsWith('is defective'));
  return resolve({
    name: customer.name,
    letter: [
      ...(diagnosis === undefined ? [] : [`We found that ${diagnosis.what}: ${diagnosis.why}.`]),
      ...(refund === undefined
        ? []
        : [
            `We have paid ${amount(refund.cents, refund.currency)} back to you (${refund.id}), by the way it came.`,
          ]),
      ...(refund?.serial === undefined
        ? []
        : [`Please send ${refund.serial} back to us; it costs you nothing.`]),
      ...(refused === undefined ? [] : [`We have not paid anything back. ${refused}`]),
      became.says,
    ],
    done: [...before.decisions, { what: became.what, why: became.why }],
    ...(refund === undefined
      ? {}
      : {
          refund: { id: refund.id, invoice: refund.invoice, cents: refund.cents, currency: refund.currency },
        }),
  });
}
