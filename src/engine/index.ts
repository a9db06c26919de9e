/** The embedded engine: a Temporal dev server that Baton finds, starts, keeps and examines. Node only. */
export { findEngine, type Attempt, type FindEngineOptions, type FoundEngine } from './install/find-engine.js';
export { ENGINE_VERSION, resolveCacheFolder, resolveEngineFolder } from './install/engine-cache.js';
export { startEngine, type RunningEngine, type StartEngineOptions } from './server/start-engine.js';
export {
  ensureEngine,
  findRunningEngine,
  stopEngine,
  type EngineHandle,
  type EnsureEngineOptions,
} from './keeper/embedded-engine.js';
export { runEngine, type ForegroundEngine, type RunEngineOptions } from './keeper/run-engine.js';
export { type EngineRecord } from './server/engine-record.js';
export { probeEngine, type Probe } from './server/probe-engine.js';
export {
  ensureSearchAttributes,
  examineSearchAttributes,
  type SearchAttribute,
  type SearchAttributeState,
} from './server/search-attributes.js';
export { examine, type ExamineOptions } from './doctor/examine.js';
export type { Finding } from './server/finding.js';
