/** The crew's worker. With a provider's key its agents use that provider; without one they are algorithms. */
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { crewAlgorithms } from './offline.js';
import { tools } from './tools.js';

export default defineConfig({
  workflows: './workflows.ts',
  tools,
  models: { default: modelFromEnvironment({ offline: crewAlgorithms }) },
});
