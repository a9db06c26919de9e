/** A desk that talks with customers: the front agent finds out the topic, the orders agent knows where parcels are. */
import { agent, contract, team, tool } from '@batonhq/baton';
import { z } from 'zod';

export const Found = z.object({ order: z.string(), state: z.string() });

export const lookUpOrder = tool({
  name: 'look_up_order',
  description: 'Tells where an order is.',
  input: z.object({ order: z.string().describe('Its number, e.g. A-17.') }),
  output: Found,
  effect: 'read',
});

/** The payload of the front agent's handoff. */
export const OrderCase = z.object({
  order: z.string().describe('Its number.'),
  wish: z.string().describe("The customer's question, in their words."),
});

export const front = agent({
  name: 'front',
  role: "the desk's front",
  goal: 'Find out what the customer wants. Hand off questions about an order, once you know its number.',
});

export const orders = agent({
  name: 'orders',
  role: 'who knows the orders',
  goal: 'Tell customers where their orders are. Hand off every other question to the front desk.',
  input: OrderCase,
  tools: [lookUpOrder],
});

export const desk = team({
  name: 'chat-desk',
  agents: [front, orders],
  contracts: [
    contract({ name: 'front-to-orders', version: 1, from: front, to: orders, payload: OrderCase, limit: 3 }),
    contract({
      name: 'orders-to-front',
      version: 1,
      from: orders,
      to: front,
      payload: z.object({ said: z.string().describe("The customer's last message.") }),
      context: { history: 'last-n', lastN: 6 },
      limit: 3,
    }),
  ],
});
