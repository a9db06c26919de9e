/** The door `@batonhq/baton/testing`: models that follow a script, for tests of teams. */
export * from './scripted-model.js';
