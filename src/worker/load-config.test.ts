/** The imports that a configuration in TypeScript may have. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { afterAll, expect, test } from 'vitest';
import { openLibsqlStore } from '../store/libsql-store.js';
import { loadConfig } from './load-config.js';
import { findProjectQueue } from './project-queue.js';

// Below the package, so that what it is installed with is found from there.
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
mkdirSync(DIST, { recursive: true });
const folder = mkdtempSync(join(DIST, 'config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('config: a CommonJS package has its default export, even when Baton loaded the package before', async () => {
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

test('config: the policies of a team that is not exported count too', async () => {
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

test('config: an agent is known when a test imported its file before, and the test keeps its own module', async () => {
  const agents = join(folder, 'first-agents.ts');
  writeFileSync(
    agents,
    "import { agent } from '@batonhq/baton';\nexport const early = agent({ name: 'early', goal: 'Read.' });\n",
  );
  writeFileSync(
    join(folder, 'first.ts'),
    [
      "import { early } from './first-agents.ts';",
      "export const hello = Object.assign(() => early, { [Symbol.for('baton.orchestration')]: {} });",
    ].join('\n'),
  );
  const jiti = createJiti(import.meta.url);
  const { early } = await jiti.import<{ early: unknown }>(agents);
  const { definitions } = await loadConfig(join(folder, 'first.ts'));
  expect(definitions).toMatchObject([{ kind: 'agent', name: 'early' }]);
  expect((await jiti.import<{ early: unknown }>(agents)).early).toBe(early);
});

test('config: a worker carries out 200 steps at once, or the configured whole number', async () => {
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

test('config: starting a run uses the queue that the configuration names, and does not load one without a queue', async () => {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "@acme/desk"}');
  const config = join(project, 'baton.config.mjs');
  writeFileSync(config, 'throw new Error("This is not to be loaded.");');
  expect(await findProjectQueue(project)).toBe('acme-desk');
  writeFileSync(config, "export default { workflows: '../workflows.ts', taskQueue: 'of-the-config' };");
  expect(await findProjectQueue(project)).toBe('of-the-config');
});

test('config: all problems of settings and definitions are reported at once, each with its line', async () => {
  writeFileSync(
    join(folder, 'faulty.ts'),
    [
      "import { agent, team, tool } from '@batonhq/baton';",
      "const search = tool({ name: 'search!', description: 'Searches.', input: 'text' });",
      "const ann = agent({ name: 'ann', gaol: 'Go.', maxTurns: 0, tools: [search] });",
      "team({ name: 'pair', agents: [ann, ann] });",
      "export const hello = Object.assign(() => 1, { [Symbol.for('baton.orchestration')]: {} });",
    ].join('\n'),
  );
  const config = join(folder, 'faulty.config.ts');
  writeFileSync(config, "export default { workflows: './faulty.ts', modles: {}, activitySlots: 0 };");
  const error = await loadConfig(config).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'BAD_CONFIG' });
  const told = String((error as Error).message).split('\n');
  expect(told).toEqual([
    'There are 7 problems:',
    expect.stringMatching(/There is no setting "modles"\. Did you mean "models"\?/),
    expect.stringMatching(/tool "search!": .*faulty\.ts:2:/),
    expect.stringMatching(/tool search!, input: that is not a schema.*faulty\.ts:2:/),
    expect.stringMatching(/agent ann: There is no option "gaol"\. Did you mean "goal"\?.*faulty\.ts:3:/),
    expect.stringMatching(/agent ann: maxTurns is 0.*faulty\.ts:3:/),
    expect.stringMatching(/team pair: two agents are named ann\..*faulty\.ts:4:/),
    expect.stringMatching(/activitySlots is 0/),
  ]);
});

test('config: the problems of definitions are reported when a later line of the module fails because of them', async () => {
  writeFileSync(
    join(folder, 'failing.ts'),
    [
      "import { agent } from '@batonhq/baton';",
      "agent({ name: 'ann', goal: 'Go.', input: { order: 'text' } }).input.parse({});",
    ].join('\n'),
  );
  await expect(loadConfig(join(folder, 'failing.ts'))).rejects.toMatchObject({
    code: 'BAD_DEFINITION',
    message: expect.stringContaining('agent ann, input: that is not a schema'),
  });
});
