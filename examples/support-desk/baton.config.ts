/** The desk's worker: with a provider's key its agents ask that provider, without one they are algorithms. */
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { deskAlgorithms } from './offline/index.js';
import { desk } from './team.js';
import { tools } from './tools.js';

export default defineConfig({
  workflows: './workflows.ts',
  teams: [desk],
  tools,
  models: { default: modelFromEnvironment({ offline: deskAlgorithms }) },
  store: 'file:.baton/store.db',
});
