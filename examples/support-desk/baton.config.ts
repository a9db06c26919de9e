/**
 * The desk's workers. With a provider's key its agents use that provider; without one they are algorithms.
 * With `BATON_APPROVERS`, the registry of approvers, only signed decisions count.
 */
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { deskAlgorithms } from './offline/index.js';
import { payments } from './payments.js';
import { approversFile } from './proof.js';
import { desk } from './team.js';
import { tools } from './tools.js';

const registry = approversFile();
/** A file that only the payments worker can access, if set. */
const receipts = process.env['BATON_RECEIPTS'];

export default defineConfig({
  workflows: './workflows.ts',
  teams: [desk],
  tools: [...tools, ...payments],
  models: { default: modelFromEnvironment({ offline: deskAlgorithms }) },
  ...(registry === undefined ? {} : { approvals: { mode: 'signed', registry } }),
  store: process.env['BATON_STORE'] ?? 'file:.baton/store.db',
  ...(receipts === undefined ? {} : { receipts }),
  // Set explicitly, because the workers and the client that starts runs may be in different folders.
  taskQueue: 'support-desk',
});
