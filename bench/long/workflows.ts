/** A conversation whose agent looks something up before each answer. */
import { agent, team, tool } from '@batonhq/baton';
import { swarm } from '@batonhq/baton/workflow';
import { z } from 'zod';

export const lookUp = tool({
  name: 'look_up',
  description: 'Looks something up.',
  input: z.object({ what: z.string() }),
  output: z.string(),
  effect: 'read',
});
const clerk = agent({ name: 'clerk', goal: 'Answer from what you look up.', tools: [lookUp] });

export const talk = swarm({ name: 'talk', team: team({ name: 'desk', agents: [clerk] }), entry: clerk });
