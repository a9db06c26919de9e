import { expect, test } from 'vitest';
import { isPackageOf } from './own-package.js';

const NAME = '@batonhq/baton';

test.each([
  ['https://packages.example/', 'https://packages.example/@batonhq/baton/-/baton-0.1.0.tgz'],
  ['https://npm.example/team', 'https://npm.example/team/@batonhq%2fbaton/-/baton-0.1.0.tgz'],
  ['https://npm.example', 'https://npm.example/download/@batonhq/baton/0.1.0/abc'],
])('package: it is of the registry %s, when it was installed from %s', (registry, address) => {
  expect(isPackageOf(registry, address, NAME)).toBe(true);
});

test.each([
  ['https://packages.example/', 'https://files.example/baton-0.1.0.tgz'],
  ['https://packages.example/', 'https://files.example/@batonhq/baton/-/baton-0.1.0.tgz'],
  ['https://packages.example', 'https://packages.example.files.example/@batonhq/baton/-/b.tgz'],
  ['https://npm.example/team/', 'https://npm.example/team/../other/@batonhq/baton/-/b.tgz'],
  ['https://packages.example/', 'https://packages.example/@other/baton/-/baton-0.1.0.tgz'],
  ['https://packages.example/', 'http://packages.example/@batonhq/baton/-/baton-0.1.0.tgz'],
  ['https://packages.example/', 'file:../baton-0.1.0.tgz'],
  ['undefined', 'https://packages.example/@batonhq/baton/-/baton-0.1.0.tgz'],
])('package: it is not of the registry %s, when it was installed from %s', (registry, address) => {
  expect(isPackageOf(registry, address, NAME)).toBe(false);
});
