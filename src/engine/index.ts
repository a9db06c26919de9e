/** The embedded engine: a Temporal dev server that Baton finds, starts, keeps running and examines. Node only. */
export type { Finding } from './doctor/examine-server.js';
export { findEngine } from './install/find-engine.js';
export { startEngine, type RunningEngine } from './server/start-engine.js';
export {
  ensureEngine,
  findRunningEngine,
  stopEngine,
  type EnsureEngineOptions,
} from './keeper/embedded-engine.js';
export { runEngine } from './keeper/run-engine.js';
export { type EngineRecord } from './server/engine-record.js';
export { knock, probeEngine } from './server/probe-engine.js';
export { ensureSearchAttributes, examineSearchAttributes } from './server/search-attributes.js';
export { examine } from './doctor/examine.js';
