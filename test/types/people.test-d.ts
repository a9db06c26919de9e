/** The compiler's knowledge of people as receivers. Each `@ts-expect-error` fails the gate when its line compiles. */
import { agent, classifier, contract, human, team, type InputOf, type OutputOf } from '@batonhq/baton';
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;

const Case = z.object({ order: z.string() });
const Resolution = z.object({ refund: z.boolean() });
type Case = z.infer<typeof Case>;
type Resolution = z.infer<typeof Resolution>;

const clerk = agent({ name: 'clerk', goal: 'g', input: Case, output: z.object({ closed: z.literal(true) }) });
const manager = human({ name: 'manager', roles: ['finance'], input: Case, output: Resolution });
const anybody = human({ name: 'anybody', roles: ['support'] });

same<InputOf<typeof manager>, Case>(true);
same<OutputOf<typeof manager>, Resolution>(true);
same<OutputOf<typeof anybody>, string>(true);

const toManager = contract({ name: 'c', version: 1, from: clerk, to: manager, payload: Case });
// @ts-expect-error a manager takes a case
contract({ name: 'd', version: 1, from: clerk, to: manager, payload: z.object({ text: z.string() }) });
contract({ name: 'e', version: 1, from: manager, to: clerk, payload: Case });
// @ts-expect-error a person has a role
human({ name: 'nobody', roles: [] });

const desk = team({ name: 'desk', agents: [clerk, manager], contracts: [toManager] });

export const verbs = orchestration(
  { team: desk, input: Case },
  async (input, { delegate, handoff, route }) => {
    const settled = await delegate(manager, input);
    same<typeof settled, Resolution>(true);
    // The manager may finish the clerk's task.
    const either = await delegate(clerk, input);
    same<typeof either, { closed: true } | Resolution>(true);
    // @ts-expect-error a manager takes a case
    await delegate(manager, { text: 'x' });
    // @ts-expect-error not on the team
    await delegate(anybody, 'x');
    const to = await route({
      input,
      by: classifier({ name: 'by-model', among: [clerk, manager] }),
      fallback: manager,
    });
    same<typeof to.to, 'clerk' | 'manager'>(true);
    return handoff(to.agent, input);
  },
);
