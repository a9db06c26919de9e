import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('init: the project has no dependency on the package, when npm could not pack it', async () => {
  write('templates/crew/README.md');
  write('examples/crew/crew.ts');
  const own = { root: join(scratch, 'own'), manifest };
  const { folder } = await createProject(join(scratch, 'crew'), 'crew', own, () =>
    Promise.resolve(undefined),
  );
  const made = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: unknown };
  expect(made.dependencies).toEqual({ zod: '*' });
});

function write(path: string): void {
  const file = join(scratch, 'own', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}
