/** What a configuration in TypeScript may import. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openLibsqlStore } from '../store/libsql-store.js';
import { loadConfig } from './load-config.js';
import { findProjectQueue } from './project-queue.js';

// Below the package, so that what it is installed with is found from there.
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
mkdirSync(DIST, { recursive: true });
const folder = mkdtempSync(join(DIST, 'config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('config: the default export of a CommonJS package is there, also when Baton has loaded the package before', async () => {
  (await openLibsqlStore(`file:${join(folder, 'store.db')}`)).close();
  writeFileSync(
    join(folder, 'workflows.ts'),
    "export const hello = Object.assign(() => 1, { [Symbol.for('baton.orchestration')]: {} });\n",
  );
  writeFileSync(
    join(folder, 'baton.config.ts'),
    [
      "import Database from 'libsql';",
      "export default { workflows: './workflows.ts', taskQueue: typeof Database };",
    ].join('\n'),
  );
  const { taskQueue, workflows } = await loadConfig(join(folder, 'baton.config.ts'));
  expect(taskQueue).toBe('function');
  expect(Object.keys(workflows)).toEqual(['hello']);
});

test('config: the policies of a team that nobody exports count too', async () => {
  writeFileSync(
    join(folder, 'parts.ts'),
    [
      "import { agent, approvalPolicy, irreversible, team } from '@batonhq/baton';",
      "const payer = agent({ name: 'payer', goal: 'Pay.' });",
      "const careful = approvalPolicy({ name: 'careful', when: irreversible(), roles: ['finance'] });",
      "team({ name: 'hidden', agents: [payer], approvals: [careful] });",
      "export const hello = Object.assign(() => 1, { [Symbol.for('baton.orchestration')]: {} });",
    ].join('\n'),
  );
  const { policies } = await loadConfig(join(folder, 'parts.ts'));
  expect(policies.teams).toMatchObject([{ team: 'hidden', policies: [{ name: 'careful' }] }]);
});

test('config: how many steps a worker carries out at once is 200, or what is configured, and a whole number', async () => {
  const write = (name: string, more: string): string => {
    writeFileSync(join(folder, name), `export default { workflows: './workflows.ts'${more} };`);
    return join(folder, name);
  };
  expect((await loadConfig(write('slots-default.config.ts', ''))).activitySlots).toBe(200);
  expect((await loadConfig(write('slots-few.config.ts', ', activitySlots: 3'))).activitySlots).toBe(3);
  await expect(loadConfig(write('slots-none.config.ts', ', activitySlots: 0'))).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: expect.stringContaining('activitySlots is 0'),
  });
});

test('config: who starts a run finds the queue that the configuration names, and loads none that names no queue', async () => {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "@acme/desk"}');
  const config = join(project, 'baton.config.mjs');
  writeFileSync(config, 'throw new Error("This is not to be loaded.");');
  expect(await findProjectQueue(project)).toBe('acme-desk');
  writeFileSync(config, "export default { workflows: '../workflows.ts', taskQueue: 'of-the-config' };");
  expect(await findProjectQueue(project)).toBe('of-the-config');
});
