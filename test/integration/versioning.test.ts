/** A worker with a deployment and a build is versioned: its runs stay with its build. */
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { decide } from '@batonhq/baton/client';
import { afterAll, expect, test } from 'vitest';
import { createWorker } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { CliDesk, CONFIG } from '../fixtures/cli/desk.js';
import type { ErrorDocument, ListDocument } from '../fixtures/cli/documents.js';
import {
  connected,
  deskConfig,
  firstRequest,
  required,
  testAddress,
  until,
  withDesk,
} from '../fixtures/harness.js';

test('a run stays with the build that began it when the next build becomes current', async () => {
  const idle = scriptedModel({});
  await withDesk({ model: idle }, async ({ client, folder }) => {
    const deploymentName = `desk-${randomUUID()}`;
    const taskQueue = deploymentName;
    const connection = await NativeConnection.connect({ address: testAddress() });
    const serve = async (buildId: string) => {
      const worker = await createWorker(await deskConfig({ model: idle }, folder, taskQueue), {
        connection,
        bundle: { code: await readFile(required('BATON_TEST_BUNDLE'), 'utf8') },
        deployment: { name: deploymentName, buildId },
      });
      const running = worker.run();
      return async () => {
        worker.shutdown();
        await running;
      };
    };
    const makeCurrent = (buildId: string) =>
      until(() =>
        client.workflowService
          .setWorkerDeploymentCurrentVersion({
            namespace: 'default',
            deploymentName,
            buildId,
            identity: 'test',
          })
          // Refused for as long as the server has not seen a worker of the build.
          .catch(() => undefined),
      );
    const buildOf = async (id: string) => {
      const { raw } = await client.workflow.getHandle(id).describe();
      return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
    };
    const ask = (id: string) =>
      client.workflow.start('asks', {
        taskQueue,
        workflowId: `${id}-${taskQueue}`,
        args: [{ question: 'Go?' }],
      });

    const stopFirst = await serve('one');
    await makeCurrent('one');
    const old = await ask('old');
    const { id } = await until(() => firstRequest(old).catch(() => undefined));

    const stopSecond = await serve('two');
    await makeCurrent('two');
    const young = await ask('young');
    await until(() => firstRequest(young).catch(() => undefined));
    await old.executeUpdate('decide', { args: [{ request: id, option: 'approve' }] });
    expect(await old.result()).toMatchObject({ outcome: 'approved' });
    expect(await buildOf(old.workflowId)).toBe('one');
    expect(await buildOf(young.workflowId)).toBe('two');

    await young.terminate();
    await stopFirst();
    await stopSecond();
    await connection.close();
  });
});

const cli = new CliDesk({ oneProcess: true });
afterAll(() => cli.close());

test('a rollout as the docs have it: nothing begins before a build is promoted, which list and doctor tell', async () => {
  const { client } = await connected();
  const name = `desk-${randomUUID().slice(0, 8)}`;
  const serve = async (build: string) => {
    const worker = cli.begin(['worker', CONFIG, '--json', '--deployment', name, '--build-id', build]);
    await worker.says('stdout', /^\}/m);
    return worker;
  };
  const buildOf = async (id: string) => {
    const { raw } = await client.workflow.getHandle(id).describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
  };
  const deployment = async (...args: readonly string[]) =>
    (await cli.json<{ deployments: object[] }>(['deployment', ...args])).document.deployments[0];

  const unknown = await cli.json<ErrorDocument>(['deployment', 'promote', name, 'one']);
  expect([unknown.code, unknown.document.error.code]).toEqual([2, 'BAD_INPUT']);
  const first = await serve('one');
  const old = await cli.start('hello', 'what is old?');
  const [waiting] = await until(async () => {
    const { document } = await cli.json<ListDocument>(['list', '--workflow', 'hello', '--limit', '1000']);
    const own = document.runs.filter((run) => run.workflowId === old && run.waitsBecause);
    return own.length > 0 && own;
  });
  expect(waiting).toMatchObject({ state: 'pending-worker' });
  expect(waiting?.waitsBecause).toContain(`no current build: \`baton deployment promote ${name} one\``);
  const ill = await cli.json<{ checks: { check: string; ok: boolean; detail: string }[] }>([
    'doctor',
    CONFIG,
  ]);
  expect(ill.code).toBe(5);
  expect(ill.document.checks.find(({ check }) => check === 'deployment')?.detail).toContain(
    'no current build',
  );
  // One more worker would not help.
  expect(ill.document.checks.filter(({ check, ok }) => check === 'worker' && !ok)).toEqual([]);

  expect(await deployment('promote', name, 'one')).toEqual({ name, current: 'one', builds: ['one'] });
  const { id: request } = await cli.waiting(old);
  expect((await cli.run(['doctor', CONFIG])).code).toBe(0);
  const second = await serve('two');
  expect(await deployment('ramp', name, 'two', '--percent', '10')).toMatchObject({
    current: 'one',
    ramping: { build: 'two', percent: 10 },
  });
  expect(await deployment('promote', name, 'two')).toMatchObject({ current: 'two' });
  expect(await deployment('status', name)).toMatchObject({ builds: expect.arrayContaining(['one', 'two']) });
  const young = await cli.start('hello', 'what is new?');
  await cli.waiting(young);
  await decide(client, { request, option: 'approve', by: 'ada' });
  await client.workflow.getHandle(old).result();
  expect([await buildOf(old), await buildOf(young)]).toEqual(['one', 'two']);
  await Promise.all([first.kill('SIGTERM'), second.kill('SIGTERM')]);
});
