import { expect, test } from 'vitest';
import { findThrowPlace } from './thrown-at.js';

const STACK = `/srv/desk/workflow-bundle-bba1.js:6665
            throw this.workflowTaskError;
            ^

Error: boom
    at Array.map (<anonymous>)
    at lookUp (/srv/desk/node_modules/parser/index.js:3:1)
    at weigh (/srv/desk/graph.ts:11:28)
    at async AsyncLocalStorage.run (node:async_hooks:346:14)`;

test('thrown at: the first line outside packages and Node', () => {
  expect(findThrowPlace(STACK)).toBe('/srv/desk/graph.ts:11:28');
  expect(findThrowPlace('Error: boom\n    at async /srv/desk/flow.ts:2:3')).toBe('/srv/desk/flow.ts:2:3');
});

test('thrown at: a file of Windows', () => {
  expect(findThrowPlace('Error: x\n    at a (C:\\desk\\graph.ts:11:28)')).toBe('C:\\desk\\graph.ts:11:28');
});

test('thrown at: undefined when the stack has only packages and Node', () => {
  expect(
    findThrowPlace('Error: boom\n    at a (/srv/node_modules/x/y.js:1:1)\n    at b (node:vm:1:1)'),
  ).toBeUndefined();
  expect(findThrowPlace(undefined)).toBeUndefined();
});
