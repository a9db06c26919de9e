/**
 * The transitions between agents, and their payloads. Models read `when`; the rest is checked. There is one
 * cycle, billing → technical → billing, which a ticket can take once.
 */
import { contract } from '@batonhq/baton';
import { PAYMENTS } from './actions.js';
import { account } from './agents/account.js';
import { billing } from './agents/billing.js';
import { cashier } from './agents/cashier.js';
import { technical } from './agents/technical.js';
import { triage } from './agents/triage.js';
import { AccountCase, BillingCase, RefundCase, TechnicalCase } from './shapes.js';

/** Triage's classification travels as data; its conversation does not. */
const FROM_TRIAGE = {
  version: 1,
  from: triage,
  trigger: 'domain-completion',
  context: { history: 'none' },
} as const;

export const triageToTechnical = contract({
  ...FROM_TRIAGE,
  name: 'triage-to-technical',
  to: technical,
  payload: TechnicalCase,
  when: 'A device or the connection does not work, also when the customer wants a refund for it.',
});

export const triageToBilling = contract({
  ...FROM_TRIAGE,
  name: 'triage-to-billing',
  to: billing,
  payload: BillingCase,
  when: 'It is about money, and no device has to be looked at first.',
});

export const triageToAccount = contract({
  ...FROM_TRIAGE,
  name: 'triage-to-account',
  to: account,
  payload: AccountCase,
  when: 'It is about the subscription alone.',
});

/** The facts about tests and measurements may matter for the amount, but not the whole conversation. */
export const technicalToBilling = contract({
  name: 'technical-to-billing',
  version: 1,
  from: technical,
  to: billing,
  payload: BillingCase,
  when: 'The customer wants money for a device that you have looked at, or billing asked you to look at it.',
  instructions: 'Decide by the diagnosis; the customer has said already what they were asked.',
  context: { history: 'summarize', maxTokens: 2_000, whenOver: 'summarize' },
});

export const billingToTechnical = contract({
  name: 'billing-to-technical',
  version: 1,
  from: billing,
  to: technical,
  payload: TechnicalCase,
  when: 'The customer wants money for a device that does not work, and nobody has looked at it.',
  instructions: 'Hand the case back to billing with your diagnosis.',
  limit: 1,
});

/** The only path to money: billing does not have the permission, and the cashier gets it only through this contract. */
export const billingToCashier = contract({
  name: 'billing-to-cashier',
  version: 1,
  from: billing,
  to: cashier,
  payload: RefundCase,
  when: 'An amount is owed to the customer.',
  instructions: 'Pay back exactly this amount for exactly this reason.',
  grants: [PAYMENTS],
});

export const billingToAccount = contract({
  name: 'billing-to-account',
  version: 1,
  from: billing,
  to: account,
  payload: AccountCase,
  when: 'Nothing is owed, and the customer wishes something about a subscription.',
});

export const cashierToAccount = contract({
  name: 'cashier-to-account',
  version: 1,
  from: cashier,
  to: account,
  payload: AccountCase,
  when: 'An order was paid back whole, or the customer wishes something about a subscription.',
});

export const transitions = [
  triageToTechnical,
  triageToBilling,
  triageToAccount,
  technicalToBilling,
  billingToTechnical,
  billingToCashier,
  billingToAccount,
  cashierToAccount,
] as const;
