/** Triage without a provider: the sender, the topic, and the details in the message. */
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { openTicket } from '../actions.js';
import { lookUpCustomer } from '../lookups.js';
import { type Classification, type Customer, Ticket, type Topic } from '../shapes.js';
import { classify } from './classify.js';
import { resultOf } from './conversation.js';
import { lightIn, sayLight, WHICH_LIGHT } from './light.js';
import { call, calls, handOff, resolve } from './moves.js';

export const sort: OfflineAnswer = (request) => {
  const ticket = Ticket.parse(request.input);
  const found = resultOf(request, lookUpCustomer);
  if (found === undefined) return calls(call(lookUpCustomer, { email: ticket.from }));
  const { customer } = found;
  const classification = classify(ticket.message);
  if (customer !== null && classification !== undefined) return passOn(ticket, customer, classification);
  const opened = resultOf(request, openTicket);
  const why =
    customer === null
      ? `no customer writes from ${ticket.from}`
      : 'no word of the message tells what it is about';
  if (opened === undefined) {
    const details = `${ticket.from} writes: ${ticket.message}`;
    return calls(
      call(openTicket, {
        customer: customer?.id ?? null,
        department: 'support',
        subject: `A message that ${why}`,
        details,
      }),
    );
  }
  return resolve({
    name: customer?.name ?? 'customer',
    letter: [
      customer === null
        ? 'We did not find your address among those of our customers. If you have bought under another one, please tell us.'
        : 'We have read your message, and a colleague is going to look at it in person.',
      `Your message has the number ${opened.ticket}.`,
    ],
    done: [{ what: `Ticket ${opened.ticket} was opened for support`, why }],
    tickets: [opened.ticket],
  });
};

const GOALS: Readonly<Record<Topic, string>> = {
  technical: 'Find out what is wrong with the device or the connection, and mend it if possible.',
  billing: 'Find out whether money is owed, and have it paid back.',
  account: 'Settle what becomes of the subscription.',
};

function passOn({ message }: Ticket, customer: Customer, classification: Classification): OfflineMove {
  const { topic, alsoAbout, wishes, why } = classification;
  const payload =
    topic === 'account'
      ? { customer: { id: customer.id, name: customer.name }, classification: { wishes } }
      : { customer, classification, message };
  return handOff(topic, {
    goal: GOALS[topic],
    expected: 'The customer has an answer to everything that they ask.',
    acceptance: wishes.map((wish) => `the wish "${wish}" is granted or refused with a reason`),
    told: {
      done: [`looked up who writes: ${customer.id}`],
      decisions: [{ decision: `${topic} begins`, reason: `the message says ${why}` }],
      answered: toldAlready(message),
      open: alsoAbout.map((other) => `${other} has to be settled too`),
    },
    payload,
  });
}

const TRIED = /[^.!?]*\b(?:already|tried|unplugged|pulled the plug|restarted)\b[^.!?]*/i;

/** Details that a later agent would otherwise ask for. */
function toldAlready(message: string) {
  const light = lightIn(message);
  const tried = TRIED.exec(message)?.[0].trim();
  return [
    ...(light === undefined ? [] : [{ question: WHICH_LIGHT, answer: sayLight(light) }]),
    ...(tried === undefined ? [] : [{ question: 'What have you tried?', answer: tried }]),
  ];
}
