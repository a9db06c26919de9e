/** The desk without a provider: an algorithm for each agent, behind the same interface as a model. */
import type { Json } from '@batonhq/baton';
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { Found, lookUpOrder, OrderCase } from './team.js';

type Request = Parameters<OfflineAnswer>[0];

const ORDER = /\b[A-Z]-\d+\b/;

/** The customer's last message; undefined if the customer has said nothing since the agent received the task. */
function lastSaid({ messages }: Request): string | undefined {
  for (const message of messages.toReversed()) {
    if (message.role !== 'user') continue;
    if (message.source === 'person') return message.content;
    if (message.source === 'task') return undefined;
  }
  return undefined;
}

/** Hands off the conversation, with everything that the receiver needs to know. */
function handOff(to: string, goal: string, payload: { readonly [key: string]: Json }): OfflineMove {
  const task = { goal, expected: 'The customer has an answer.', acceptance: [] };
  const summary = { done: [], decisions: [], answered: [], open: [], needToKnow: [] };
  return { toolCalls: [{ name: `transfer_to_${to}`, args: { task, summary, payload } }] };
}

const greet: OfflineAnswer = (request) => {
  const said = lastSaid(request) ?? (typeof request.input === 'string' ? request.input : undefined);
  if (said === undefined) return { content: 'You are with the front again. What else can we do for you?' };
  const order = ORDER.exec(said)?.[0];
  if (order !== undefined) return handOff('orders', 'Tell where the order is.', { order, wish: said });
  return { content: 'Which order is it about? Its number is like A-17.' };
};

const tell: OfflineAnswer = (request) => {
  const last = request.messages.at(-1);
  if (last?.role === 'tool' && last.name === lookUpOrder.name) {
    if (!last.ok) return { content: 'I cannot look that order up at the moment.' };
    const { order, state } = Found.parse(JSON.parse(last.content));
    return { content: `Order ${order} is ${state}.` };
  }
  const said = lastSaid(request);
  const order = said === undefined ? OrderCase.parse(request.input).order : ORDER.exec(said)?.[0];
  if (order === undefined) return handOff('front', 'Find out what else it is.', { said: said ?? '' });
  return { toolCalls: [{ name: lookUpOrder.name, args: { order } }] };
};

export const algorithms: Readonly<Record<string, OfflineAnswer>> = { front: greet, orders: tell };
