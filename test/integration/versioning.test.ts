/** A worker that is given a deployment and a build is versioned: its runs stay with its build. */
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { createWorker } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { deskConfig, firstRequest, required, testAddress, until, withDesk } from '../fixtures/harness.js';

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
