/** The installed dependencies: exactly the tested versions, from any registry. */
import { describe, expect, test } from 'vitest';
import { read } from './source.js';

describe('dependencies', () => {
  test('hygiene: the lock file says what is installed, not from where', () => {
    const lock = read('package-lock.json');
    expect(lock.includes('"resolved"')).toBe(false);
    expect(lock.includes('"integrity"')).toBe(true);
  });

  test('hygiene: dependencies are pinned to what was tested', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const pinned = { ...manifest['dependencies'], ...manifest['devDependencies'] };
    expect(
      Object.entries(pinned).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });
});
