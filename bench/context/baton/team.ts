/**
 * The agents that a scenario is played by: a chain of them for each window, as a contract says how much its receiver's
 * context may hold.
 */
import { agent, contract, team, tool } from '@batonhq/baton';
import { z } from 'zod';
import { GOAL, MOST_HOPS, WINDOWS } from '../scenario.js';
import { agentAt, Case } from './cast.js';

const about = z.object({ case: z.string(), about: z.string() });

export const lookUp = tool({
  name: 'look_up',
  description: 'Looks something up in the records.',
  input: about,
  output: z.string(),
  effect: 'read',
});
export const readThread = tool({
  name: 'read_thread',
  description: 'Reads what people wrote on something.',
  input: about,
  output: z.string(),
  effect: 'read',
});
export const askPerson = tool({
  name: 'ask_person',
  description: 'Asks somebody who may know.',
  input: z.object({ case: z.string(), question: z.string() }),
  output: z.string(),
  effect: 'read',
});

function chainOf(window: number) {
  return Array.from({ length: MOST_HOPS + 1 }, (_, place) =>
    agent({
      name: agentAt(window, place),
      goal: GOAL,
      input: Case,
      tools: [lookUp, readThread, askPerson],
    }),
  );
}

export const CHAINS = new Map(WINDOWS.map((window) => [window, chainOf(window)]));

const contracts = [...CHAINS].flatMap(([window, chain]) =>
  chain.slice(1).flatMap((to, place) => {
    const from = chain[place];
    if (from === undefined) return [];
    const name = `to-${to.name}`;
    const context = { history: 'none', maxTokens: window } as const;
    return [contract({ name, version: 1, from, to, payload: Case, context })];
  }),
);

export const cast = team({ name: 'cast', agents: [...CHAINS.values()].flat(), contracts });
