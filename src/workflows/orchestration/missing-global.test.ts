import { expect, test } from 'vitest';
import { explainMissingGlobal } from './missing-global.js';

test.each([
  [
    new ReferenceError('fetch is not defined'),
    'Workflow code has no access to the network. Do that in a tool',
  ],
  [new TypeError('globalThis.fetch is not a function'), 'Do that in a tool'],
  [new ReferenceError('process is not defined'), 'Read variables in baton.config.ts or in a tool'],
  [new ReferenceError('Buffer is not defined'), 'Workflow code has no access to Node.'],
])('sandbox: %s says what to use instead', (error, advice) => {
  const { message } = error;
  const explained = explainMissingGlobal(error);
  expect(explained.message).toContain(`${message}. Workflow code has no access to `);
  expect(explained.message).toContain(advice);
  expect(explained.stack).toContain(explained.message);
});

test.each([
  [new ReferenceError('order is not defined')],
  [new TypeError('order.send is not a function')],
  [null],
])('sandbox: another error keeps its message: %s', (error) => {
  const before = String(error);
  expect(String(explainMissingGlobal(error))).toBe(before);
});
