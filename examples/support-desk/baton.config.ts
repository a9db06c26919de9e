/**
 * The desk's workers: with a provider's key its agents ask that provider, without one they are algorithms. With
 * `BATON_APPROVERS`, the file that says who may approve, decisions count only when they are signed.
 */
import { defineConfig, modelFromEnvironment } from '@batonhq/baton/worker';
import { deskAlgorithms } from './offline/index.js';
import { payments } from './payments.js';
import { approversFile } from './proof.js';
import { desk } from './team.js';
import { tools } from './tools.js';

const registry = approversFile();
/** A file that only the worker of payments can reach, where there is one. */
const receipts = process.env['BATON_RECEIPTS'];

export default defineConfig({
  workflows: './workflows.ts',
  teams: [desk],
  tools: [...tools, ...payments],
  models: { default: modelFromEnvironment({ offline: deskAlgorithms }) },
  ...(registry === undefined ? {} : { approvals: { mode: 'signed', registry } }),
  store: process.env['BATON_STORE'] ?? 'file:.baton/store.db',
  ...(receipts === undefined ? {} : { receipts }),
  // Named, as its workers and whoever starts runs need not be in one folder.
  taskQueue: 'support-desk',
});
