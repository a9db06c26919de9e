/** `baton crew run`: a crew from CrewAI's files, on a real server, with its own worker. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { baton, Command } from '../fixtures/cli/command.js';
import { firstRequest, testAddress } from '../fixtures/harness.js';

const FILES = fileURLToPath(new URL('../fixtures/crew-files', import.meta.url));
let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'baton-crew-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const run = (args: readonly string[]) => baton(['crew', 'run', ...args, '--address', testAddress()], { cwd });

test('crew run: reads the files as they are, carries the tasks out, and writes the file', async () => {
  const inputs = JSON.stringify({ topic: 'apples', current_year: 2026 });
  const { code, stdout, stderr } = await run([join(FILES, 'template'), '--inputs', inputs, '--json']);
  expect(stderr).not.toContain('no effect');
  expect(code).toBe(0);
  const { result } = JSON.parse(stdout) as {
    result: { raw: string; tasks: { name: string; agent: string }[] };
  };
  expect(result.tasks.map(({ name, agent }) => `${name} ${agent}`)).toEqual([
    'scouting_task scout',
    'column_task columnist',
  ]);
  expect(result.raw).toContain('apples');
  expect(readFileSync(join(cwd, 'outputs/column.md'), 'utf8').trim()).toBe(result.raw);
});

test('crew run: tools by the map of the configuration, and a person who reads what was done', async () => {
  const id = `bakery-${Date.now()}`;
  const config = join(FILES, 'baton.config.ts');
  const args = [join(FILES, 'context'), '--config', config, '--inputs', '{"week":"12"}', '--id', id];
  const command = new Command(['crew', 'run', ...args, '--address', testAddress()], { cwd });
  const connection = await Connection.connect({ address: testAddress() });
  try {
    await command.says('stderr', /asked|approve/i);
    const handle = new Client({ connection }).workflow.getHandle(id);
    const { id: request } = await firstRequest(handle);
    const decided = await baton(['approve', request, '--address', testAddress()], { cwd });
    expect(decided.code).toBe(0);
    const { code, stderr } = await command.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('agents.yaml:12: verbose of agent baker has no effect');
    expect(existsSync(join(cwd, 'outputs/plans/12.md'))).toBe(true);
  } finally {
    await command.kill('SIGKILL');
    await connection.close();
  }
});

test.each([
  [
    'a placeholder that nothing stands for',
    [join(FILES, 'template')],
    /tasks\.yaml:3: nothing stands for \{current_year\}/,
  ],
  [
    'a tool that nobody gives',
    [join(FILES, 'context')],
    /agents\.yaml:7: the tool PriceLookup stands for nothing/,
  ],
  ['no such folder', ['nowhere'], /There is no folder nowhere/],
  ['tasks without agents', [join(FILES, 'managed')], /task walls has no agent.*--process hierarchical/s],
])('crew run: what is wrong is said before anything begins: %s', async (_what, args, message) => {
  const { code, stderr } = await run(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  expect(existsSync(join(cwd, '.baton'))).toBe(false);
});
