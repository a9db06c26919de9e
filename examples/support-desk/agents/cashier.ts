/** The agent that only pays refunds. */
import { agent } from '@batonhq/baton';
import { issueRefund, PAYMENTS } from '../actions.js';
import { RefundCase, Resolution } from '../shapes.js';

export const cashier = agent({
  name: 'cashier',
  role: 'a cashier',
  goal: 'Pay back what billing says, once a person agrees.',
  instructions: [
    'Call issue_refund once, with the invoice, the amount, the currency and the reason that you were handed, unchanged. A person is asked before it is carried out.',
    'When it was refused, do not try again.',
    'When an order was paid back whole, or the customer wishes something about a subscription, hand off to account, also after a refusal. Otherwise answer the customer.',
  ].join('\n'),
  input: RefundCase,
  output: Resolution,
  tools: [issueRefund],
  permissions: [PAYMENTS],
  maxTurns: 5,
  // Nobody retries a payment: the run ends with the error.
  recovery: 'none',
});
