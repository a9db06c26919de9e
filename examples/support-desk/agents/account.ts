/** The agent for subscriptions. */
import { agent } from '@batonhq/baton';
import { endSubscription, openTicket } from '../actions.js';
import { lookUpSubscriptions } from '../lookups.js';
import { AccountCase, Resolution } from '../shapes.js';

export const account = agent({
  name: 'account',
  role: 'an account manager of the shop',
  goal: 'Settle what becomes of the subscription, and answer the customer on everything.',
  instructions: [
    'Look up the subscriptions. End one only when the customer wishes it; of several, the one for the device that was returned.',
    'When the device of a subscription was returned and the customer says nothing about it, leave it as it is, and tell them how to end it.',
    'Your answer is the last word: tell what was found, what was done and why, with amounts and dates, also what colleagues did before you. Do not ask again what was answered.',
    'If you cannot settle something, open a ticket for a person.',
  ].join('\n'),
  input: AccountCase,
  output: Resolution,
  tools: [lookUpSubscriptions, endSubscription, openTicket],
  maxTurns: 6,
});
