/** The desk without a provider: an algorithm for each agent, behind the same interface as a model. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { code } from './coder.js';
import { draft } from './drafter.js';
import { weigh } from './lead.js';
import { plan } from './planner.js';
import { research } from './researcher.js';
import { review } from './reviewer.js';
import { write } from './writer.js';

export const deskAlgorithms: Readonly<Record<string, OfflineAnswer>> = {
  planner: plan,
  researcher: research,
  coder: code,
  drafter: draft,
  lead: weigh,
  writer: write,
  reviewer: review,
};
