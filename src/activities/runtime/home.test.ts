import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { offlineModel } from '../../models/offline/index.js';
import { scriptedModel } from '../../testing/scripted-model.js';
import type { Registry } from '../registry/registry.js';
import { assertHome, createReadHome } from './home.js';

const registryOf = (
  identity: string,
  model: Registry['models'] extends ReadonlyMap<string, infer M> ? M : never,
) =>
  ({
    store: { identity, file: `/stores/${identity}.db` } as Registry['store'],
    models: new Map([['default', model]]),
  }) satisfies Pick<Registry, 'store' | 'models'>;
const provider = { ...scriptedModel({}), offline: false };

test('home: the worker that begins a run tells its store, and whether it has a provider', async () => {
  const read = (registry: ReturnType<typeof registryOf>) =>
    new MockActivityEnvironment().run(createReadHome(registry));
  expect(await read(registryOf('one', offlineModel()))).toEqual({ store: 'one' });
  expect(await read(registryOf('two', provider))).toEqual({ store: 'two', provider: true });
});

test('home: a worker with another store leaves the step alone, and names both', () => {
  const other = registryOf('mine', provider);
  expect(() => assertHome(other, { root: 'r', home: { store: 'theirs' } }, false)).toThrow(
    expect.objectContaining({
      code: 'STORE_MISMATCH',
      message: expect.stringMatching(/store theirs; this worker has store mine \(\/stores\/mine\.db\)/),
    }),
  );
  expect(() => assertHome(other, { root: 'r', home: { store: 'mine' } }, true)).not.toThrow();
  expect(() => assertHome(other, { root: 'r' }, true)).not.toThrow();
});

test('home: an offline worker leaves the models of a run alone that began with a provider, and only these', () => {
  const offline = registryOf('one', offlineModel());
  const run = { root: 'r', home: { store: 'one', provider: true as const } };
  expect(() => assertHome(offline, run, true)).toThrow(expect.objectContaining({ code: 'PROVIDER_MISSING' }));
  expect(() => assertHome(offline, run, false)).not.toThrow();
  expect(() =>
    assertHome(registryOf('one', provider), { root: 'r', home: { store: 'one' } }, true),
  ).not.toThrow();
});
