/** A worker dies between an offer and its acceptance: the sender owns the task, and its work is not done again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handoffCall } from '@batonhq/baton';
import { afterAll, expect, test } from 'vitest';
import { readStory } from '../../dist/src/client/story/story.js';
import { MAIN, nodeArguments } from '../fixtures/cli/command.js';
import { connected, testAddress, timeline, view } from '../fixtures/harness.js';
import { startProvider, type Provider, type ProviderAnswer } from '../fixtures/provider.js';
import { takingOn } from '../fixtures/provider-steps.js';

const CONFIG = fileURLToPath(new URL('../fixtures/handoff/provider.config.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'baton-handoff-'));
const queue = `handoff-${randomUUID()}`;
const ended: (() => unknown)[] = [];

afterAll(async () => {
  for (const end of ended.toReversed()) await end();
  rmSync(folder, { recursive: true, force: true });
});

function worker(provider: Provider): ChildProcess {
  const { OPENAI_API_KEY: _key, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [...nodeArguments(['worker']), MAIN, 'worker', CONFIG, '--address', testAddress()],
    {
      cwd: folder,
      stdio: 'ignore',
      env: { ...env, OPENAI_BASE_URL: provider.baseURL, BATON_MODEL: 'm-1', BATON_TEST_QUEUE: queue },
    },
  );
  ended.push(() => child.kill('SIGKILL'));
  return child;
}

const agentOf = (body: unknown): string => /You are (\w+)\./.exec(JSON.stringify(body))?.[1] ?? '';
const handoff = handoffCall('clerk', { order: 'A-1', cents: 5 });
const handsOff: ProviderAnswer = { toolCalls: [{ name: handoff.name, arguments: handoff.args }] };

test('D1 H11 a worker killed between offer and acceptance: the sender owns the task, and is not asked again', async () => {
  let asked = 0;
  const provider = await startProvider((body) => {
    if (agentOf(body) === 'greeter') return handsOff;
    asked += 1;
    return asked === 1 ? { fault: 'hang' } : takingOn(body, { content: 'settled' });
  });
  ended.push(() => provider.close());
  const { client } = await connected();
  const workflowId = `served-${queue}`;
  const run = await client.workflow.start('served', { taskQueue: queue, workflowId, args: ['it leaks'] });
  const first = worker(provider);
  // The greeter's request, and the clerk's, which is not answered.
  await provider.received(2);
  const gone = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGKILL');
  await gone;

  const story = await readStory(client, workflowId);
  expect(story).toMatchObject({ source: 'history', owner: 'greeter', state: 'running' });
  expect(story.timeline.at(-1)).toMatchObject({
    kind: 'handoff',
    from: 'greeter',
    to: 'clerk',
    owner: 'greeter',
  });

  worker(provider);
  expect(await run.result()).toBe('settled');
  expect(provider.requests.map(({ body }) => agentOf(body))).toEqual(['greeter', 'clerk', 'clerk']);
  expect(await view(run)).toMatchObject({ owner: 'clerk' });
  expect((await timeline(run)).filter(({ kind }) => kind === 'accepted')).toMatchObject([
    { by: 'greeter', owner: 'greeter' },
    { by: 'clerk', owner: 'clerk' },
  ]);
});
