/** Where the engine is cached on each system. */
import { expect, test } from 'vitest';
import { cacheFolder, engineFileName } from './engine-cache.js';

test('cache folder: follows the setting, then the convention of the system', () => {
  const env = { HOME: '/home/ada', XDG_CACHE_HOME: '/xdg' };
  expect(cacheFolder({ ...env, BATON_CACHE_DIR: '/chosen' }, 'darwin')).toBe('/chosen');
  expect(cacheFolder(env, 'linux')).toBe('/xdg/baton');
  expect(cacheFolder({ HOME: '/home/ada' }, 'linux')).toBe('/home/ada/.cache/baton');
  expect(cacheFolder(env, 'darwin')).toBe('/home/ada/Library/Caches/baton');
  expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/baton');
});

test('engine file: has an extension on Windows only', () => {
  expect([engineFileName('linux'), engineFileName('win32')]).toEqual(['temporal', 'temporal.exe']);
});
