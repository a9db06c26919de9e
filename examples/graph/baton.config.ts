/** The graph's worker. With a provider's key its agents use that provider; without one they are algorithms. */
import { defineConfig, implement, modelFromEnvironment } from '@batonhq/baton/worker';
import { searchNotes } from './notes.js';
import { algorithms } from './offline.js';
import { search } from './team.js';

export default defineConfig({
  workflows: './workflows.ts',
  tools: [implement(search, ({ query }) => ({ results: searchNotes(query) }))],
  models: { default: modelFromEnvironment({ offline: algorithms }) },
  store: 'file:.baton/store.db',
});
