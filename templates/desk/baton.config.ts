/** What a worker serves, and which models its agents ask. */
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { tools } from './tools.js';

export default defineConfig({
  workflows: './workflows.ts',
  tools,
  // A provider when OPENAI_API_KEY or OPENAI_BASE_URL is set; without one, algorithms that need no key.
  models: { default: modelFromEnvironment() },
  store: 'file:.baton/store.db',
});
