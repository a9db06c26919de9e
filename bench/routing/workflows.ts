/** The run that is measured: it routes one request after the other, as any orchestration does. */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { byModel, byRules, byWords, chain } from './desk.js';
import type { Decision, RouterName } from './decision.js';

const ROUTERS = { rules: byRules, similarity: byWords, classifier: byModel, chain };

/** So many are decided at the same time. */
const AT_ONCE = 8;

const Requests = z.object({
  router: z.enum(['rules', 'similarity', 'classifier', 'chain'] satisfies RouterName[]),
  texts: z.array(z.string()),
});

export const routeAll = orchestration(
  { input: Requests, maxSteps: 5_000 },
  async ({ router, texts }, { route, parallel }) => {
    const decisions: Decision[] = [];
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const batch = texts.slice(from, from + AT_ONCE).map((text) => async (): Promise<Decision> => {
        const { to, by } = await route({ input: text, by: ROUTERS[router], fallback: 'keep' });
        return { to, by };
      });
      decisions.push(...(await parallel(batch)));
    }
    return decisions;
  },
);
