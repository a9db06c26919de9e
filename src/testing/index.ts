/** The entry point `@batonhq/baton/testing`: models that follow a script, and a real environment to run them in. */
export * from './scripted-model.js';
export {
  withTestEnvironment,
  type TestEnvironment,
  type TestEnvironmentOptions,
} from './test-environment.js';
export { TestRun, type TestDecision } from './test-run.js';
