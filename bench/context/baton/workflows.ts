/** A scenario as a run: its first agent owns the task and hands off to the next. */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { MOST_HOPS } from '../scenario.js';
import { cast, CHAINS } from './team.js';

export const play = orchestration(
  { team: cast, budget: { depth: MOST_HOPS + 1 }, input: z.object({ case: z.string(), window: z.number() }) },
  async ({ case: id, window }, { handoff }) => {
    const first = CHAINS.get(window)?.[0];
    if (first === undefined) throw new Error(`There is no chain for a window of ${window}.`);
    return handoff(first, { case: id });
  },
);
