/** The door `@batonhq/baton/testing`: models that follow a script, and a real desk for them to work at. */
export * from './scripted-model.js';
export { withTestDesk, type TestDesk, type TestDeskOptions } from './test-desk.js';
export { TestRun, type TestDecision } from './test-run.js';
