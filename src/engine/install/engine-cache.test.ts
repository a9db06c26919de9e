/** Where the engine is cached on each system. */
import { expect, test } from 'vitest';
import { resolveCacheFolder, buildEngineFileName } from './engine-cache.js';

test('cache folder: follows the setting, then the convention of the system', () => {
  const env = { HOME: '/home/ada', XDG_CACHE_HOME: '/xdg' };
  expect(resolveCacheFolder({ ...env, BATON_CACHE_DIR: '/chosen' }, 'darwin')).toBe('/chosen');
  expect(resolveCacheFolder(env, 'linux')).toBe('/xdg/baton');
  expect(resolveCacheFolder({ HOME: '/home/ada' }, 'linux')).toBe('/home/ada/.cache/baton');
  expect(resolveCacheFolder(env, 'darwin')).toBe('/home/ada/Library/Caches/baton');
  expect(resolveCacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/baton');
});

test('engine file: has an extension on Windows only', () => {
  expect([buildEngineFileName('linux'), buildEngineFileName('win32')]).toEqual(['temporal', 'temporal.exe']);
});
