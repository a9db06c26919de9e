/** The desk without a provider: an algorithm for each agent, behind the same interface as a model. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { lookAfter } from './account.js';
import { settle } from './billing.js';
import { payOut } from './cashier.js';
import { examine } from './technical.js';
import { sort } from './triage.js';

export const deskAlgorithms: Readonly<Record<string, OfflineAnswer>> = {
  triage: sort,
  technical: examine,
  billing: settle,
  cashier: payOut,
  account: lookAfter,
};
