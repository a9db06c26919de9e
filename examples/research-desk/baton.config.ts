/** The desk's worker. With a provider's key its agents use that provider; without one they are algorithms. */
import { digest } from '@batonhq/baton';
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { deskAlgorithms } from './offline/index.js';
import { corpusFolder } from './corpus-folder.js';
import { desk } from './team.js';
import { tools } from './tools.js';

/**
 * Workers with other documents need another queue, so that none answers for another. The project's own
 * documents use the default queue.
 */
function listQueue(): { readonly taskQueue?: string } {
  return process.env['BATON_CORPUS'] ? { taskQueue: `baton-${digest(corpusFolder()).slice(0, 12)}` } : {};
}

export default defineConfig({
  workflows: './workflows.ts',
  teams: [desk],
  tools,
  models: { default: modelFromEnvironment({ offline: deskAlgorithms }) },
  store: process.env['BATON_STORE'] ?? 'file:.baton/store.db',
  ...listQueue(),
});
