/** The embedded engine: a Temporal dev server that Baton finds, starts, keeps and examines. Node only. */
export { findEngine, type Attempt, type FindEngineOptions, type FoundEngine } from './find-engine.js';
export { ENGINE_VERSION, cacheFolder, engineFolder } from './engine-cache.js';
export { startEngine, type RunningEngine, type StartEngineOptions } from './start-engine.js';
export {
  ensureEngine,
  findRunningEngine,
  stopEngine,
  type EngineHandle,
  type EnsureEngineOptions,
} from './embedded-engine.js';
export { runEngine, type ForegroundEngine, type RunEngineOptions } from './run-engine.js';
export { type EngineRecord } from './engine-record.js';
export { probeEngine, type Probe } from './probe-engine.js';
export {
  ensureSearchAttributes,
  examineSearchAttributes,
  type SearchAttribute,
  type SearchAttributeState,
} from './search-attributes.js';
export { examine, type ExamineOptions } from './examine.js';
export type { Finding } from './finding.js';
