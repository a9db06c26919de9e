import { expect, test } from 'vitest';
import { buildHostedServer } from './serve.js';

test('hosted server: it is awake, when its folder had an engine that did not run', () => {
  const asleep = {
    address: '127.0.0.1:7233',
    namespace: 'default',
    source: 'default',
    connection: { address: '127.0.0.1:7233' },
    asleep: true,
  } as const;
  const engine = { address: '127.0.0.1:7300', uiUrl: 'http://127.0.0.1:8300' };
  expect(buildHostedServer(asleep, engine)).toEqual({
    address: '127.0.0.1:7300',
    namespace: 'default',
    source: 'default',
    connection: { address: '127.0.0.1:7300' },
    uiUrl: 'http://127.0.0.1:8300',
  });
});
