/** The desk's worker. With a provider's key its agents use that provider; without one they are algorithms. */
import { defineConfig, implement, modelFromEnvironment } from '@batonhq/baton/worker';
import { algorithms } from './offline.js';
import { stateOf } from './orders.js';
import { lookUpOrder } from './team.js';

export default defineConfig({
  workflows: './workflows.ts',
  tools: [implement(lookUpOrder, ({ order }) => ({ order, state: stateOf(order) }))],
  models: { default: modelFromEnvironment({ offline: algorithms }) },
  store: 'file:.baton/store.db',
});
