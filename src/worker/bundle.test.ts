import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { bundleWorkflows } from './bundle.js';

const failing = async (source: string): Promise<{ said: string; logged: string[] }> => {
  // Within the repository, because the bundler resolves imports from the file's folder.
  const folder = await realpath(await mkdtemp(join(import.meta.dirname, '../../node_modules/.bundled-')));
  const logged: string[] = [];
  const logger = new DefaultLogger('WARN', ({ message }) => logged.push(message));
  try {
    const file = join(folder, 'workflows.ts');
    await writeFile(file, source);
    const said = await bundleWorkflows(file, logger).then(
      () => 'nothing',
      (error: unknown) => String(error),
    );
    return { said, logged };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

test.each([
  ['node:fs', "import { readFileSync } from 'node:fs';\nexport const f = () => readFileSync('x');\n"],
  ['fs', "import { readFileSync } from 'fs';\nexport const f = () => readFileSync('x');\n"],
])('bundle: a workflow that imports %s fails with one line that names the file', async (name, source) => {
  const { said, logged } = await failing(source);
  expect(said).toMatch(new RegExp(`workflows\\.ts imports ${name}, which a workflow cannot have`));
  expect(said).toMatch(/implementation of a tool\.$/);
  expect(logged).toEqual([]);
});

test('bundle: a missing import is named, without pages about it', async () => {
  const { said, logged } = await failing("export { f } from './not-there.js';\n");
  expect(said).toMatch(/not-there/);
  expect(said.length).toBeLessThan(1000);
  expect(logged).toEqual([]);
});
