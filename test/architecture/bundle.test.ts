/**
 * The modules that reach the workflow sandbox: the bundle of the test workflows, made as a worker makes it. Every
 * run evaluates the whole bundle, and Node's own modules don't work there.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { required } from '../fixtures/harness.js';

/** As webpack writes the folder of this checkout into the names of what is imported. */
const CHECKOUT = process.cwd().replaceAll(/[^a-z0-9]/gi, '_');

/** The code alone: the source map in its last line is not evaluated, and a checkout's place does not count. */
const code = readFileSync(required('BATON_TEST_BUNDLE'), 'utf8')
  .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
  .replaceAll(CHECKOUT, '')
  .replaceAll(process.cwd(), '');

/** As webpack names them above each module. */
const moduleIds = [...code.matchAll(/^\/\*{3}\/ "(?<id>[^"\n]+)"/gm)].map(
  ({ groups }) => groups?.['id'] ?? '',
);

/** It had 1,275 kB when this was pinned; zod is nearly half of it. */
const LIMIT_BYTES = 1_808_500;

const PACKAGES = [
  '@noble/ed25519',
  '@noble/hashes',
  '@temporalio/common',
  '@temporalio/workflow',
  'canonicalize',
  'long',
  'ms',
  'nexus-rpc',
  'rfc4648',
  'zod',
];

function packageOf(id: string): string | undefined {
  const below = id.split('node_modules/').at(-1);
  if (below === undefined || below === id) return undefined;
  const [first = '', second = ''] = below.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

describe('the sandbox bundle', () => {
  test('bundle: holds these packages and no other', () => {
    expect(moduleIds.length).toBeGreaterThan(100);
    const packages = new Set(moduleIds.flatMap((id) => packageOf(id) ?? []));
    expect([...packages].toSorted()).toEqual(PACKAGES);
  });

  test('bundle: of Baton it holds the contracts, the workflows and the front door', () => {
    const own = moduleIds.filter((id) => /(?:^|\/)dist\/src\//.test(id) && packageOf(id) === undefined);
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((id) => !/dist\/src\/(?:contracts\/|workflows\/|index\.js$)/.test(id))).toEqual([]);
  });

  test('bundle: holds no Node builtin', () => {
    const builtins = moduleIds.filter((id) => /^(?:node:|external )/.test(id));
    expect(builtins).toEqual([]);
    expect(code).not.toMatch(
      /\brequire\(["'](?:node:)?(?:fs|path|crypto|child_process|net|os|http|https|url)["']\)/,
    );
  });

  test('bundle: is not larger than was agreed', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(LIMIT_BYTES);
    expect(Buffer.byteLength(code)).toBeGreaterThan(LIMIT_BYTES / 2);
  });
});
