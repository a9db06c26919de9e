import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createProject } from './create-project.js';

const scratch = mkdtempSync(join(tmpdir(), 'baton-project-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const manifest = { name: '@x/baton', version: '1.0.0', engines: {}, dependencies: {}, devDependencies: {} };

test('init: what a run left in an example is not copied', async () => {
  const files = [
    'team.ts',
    'test/run.ts',
    '.baton/store.db',
    '.env',
    'outbox/a.eml',
    'eve.jwk',
    'ledger.key',
  ];
  for (const path of ['templates/project/gitignore', 'templates/graph/README.md']) write(path);
  for (const path of files) write(`examples/graph/${path}`);
  const own = { root: join(scratch, 'own'), manifest };
  const project = await createProject(join(scratch, 'desk'), 'graph', own, () => Promise.resolve('1.0.0'));
  expect(project.files).toEqual(['.gitignore', 'README.md', 'package.json', 'team.ts', 'test/run.ts']);
});

function write(path: string): void {
  const file = join(scratch, 'own', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}
