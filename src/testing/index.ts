/** The door `@batonhq/baton/testing`: models that follow a script, and a real desk for them to work at. */
export * from './scripted-model.js';
export {
  withTestEnvironment,
  type TestEnvironment,
  type TestEnvironmentOptions,
} from './test-environment.js';
export { TestRun, type TestDecision } from './test-run.js';
