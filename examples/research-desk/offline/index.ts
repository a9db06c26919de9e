/** The desk without a provider: an algorithm for each agent, behind the same interface as a model. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { weigh } from './lead.js';
import { plan } from './planner.js';
import { research } from './researcher.js';
import { write } from './writer.js';

export const deskAlgorithms: Readonly<Record<string, OfflineAnswer>> = {
  planner: plan,
  researcher: research,
  lead: weigh,
  writer: write,
};
