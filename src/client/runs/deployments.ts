/** Versioned workers: the builds of a deployment, and which of them starts new runs. */
import { nameCommand } from '../../project/command-name.js';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { defined } from '../../contracts/data/defined.js';
import { type BatonError, createInputError } from '../../contracts/errors.js';
import type { Deployment } from '../../schemas/documents/deployment.js';
import { findPollers } from './pollers.js';

const { WORKER_VERSIONING_MODE_VERSIONED } = proto.temporal.api.enums.v1.WorkerVersioningMode;
const IDENTITY = 'baton deployment';

/**
 * The deployments of the namespace, or the named one.
 *
 * @throws {BatonError} `BAD_INPUT` if no worker of that name has ever polled.
 */
export async function listDeployments(client: Client, name?: string): Promise<Deployment[]> {
  if (name !== undefined) return [await readDeployment(client, name)];
  const { namespace } = client.options;
  const { workerDeployments } = await client.workflowService.listWorkerDeployments({ namespace });
  return Promise.all((workerDeployments ?? []).map((each) => readDeployment(client, each.name ?? '')));
}

async function readDeployment(client: Client, name: string): Promise<Deployment> {
  const { namespace } = client.options;
  const { workerDeploymentInfo: info } = await client.workflowService
    .describeWorkerDeployment({ namespace, deploymentName: name })
    .catch((error: unknown) => {
      throw createUnknownError(name, undefined, error);
    });
  const { routingConfig: routing } = info ?? {};
  const ramping = routing?.rampingDeploymentVersion?.buildId;
  return {
    name,
    ...defined({ current: routing?.currentDeploymentVersion?.buildId ?? undefined }),
    ...(ramping ? { ramping: { build: ramping, percent: routing?.rampingVersionPercentage ?? 0 } } : {}),
    builds: (info?.versionSummaries ?? []).flatMap(
      ({ deploymentVersion }) => deploymentVersion?.buildId ?? [],
    ),
  };
}

/**
 * New runs start with this build; open runs stay with theirs.
 *
 * @throws {BatonError} `BAD_INPUT` if no worker of the build has ever polled.
 */
export async function setCurrentBuild(client: Client, name: string, build: string): Promise<void> {
  const { namespace } = client.options;
  await client.workflowService
    .setWorkerDeploymentCurrentVersion({
      namespace,
      deploymentName: name,
      buildId: build,
      identity: IDENTITY,
    })
    .catch((error: unknown) => {
      throw createUnknownError(name, build, error);
    });
}

/**
 * This share of new runs starts with the build, the others with the current one.
 *
 * @throws {BatonError} as {@link setCurrentBuild}.
 */
export async function setRampingBuild(
  client: Client,
  name: string,
  build: string,
  percent: number,
): Promise<void> {
  const { namespace } = client.options;
  const request = {
    namespace,
    deploymentName: name,
    buildId: build,
    percentage: percent,
    identity: IDENTITY,
  };
  await routePatiently(name, build, () => client.workflowService.setWorkerDeploymentRampingVersion(request));
}

/** The server learns of a build shortly after its first worker reports that it is ready. */
const KNOWN_WITHIN_MS = 5_000;
const AGAIN_MS = 250;

async function routePatiently(name: string, build: string, send: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      await send();
      return;
    } catch (error) {
      if (Date.now() > end) throw createUnknownError(name, build, error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

function createUnknownError(name: string, build: string | undefined, cause: unknown): BatonError {
  const what = build === undefined ? `deployment ${name}` : `build ${build} of deployment ${name}`;
  const why = cause instanceof Error ? cause.message.replace(/^\d+ [A-Z_]+: /, '') : String(cause);
  return createInputError(
    `The server does not know ${what}, or refuses: ${why}. It knows a build once a worker of it polls: ${nameCommand(`worker --deployment ${name} --build-id ${build ?? 'BUILD'}`)}. See ${nameCommand('deployment status')}.`,
    { deployment: name, ...defined({ build }) },
    cause,
  );
}

/** Why no worker takes the first step of a run on this queue; undefined if the reason is unknown. */
export async function explainQueue(client: Client, taskQueue: string): Promise<string | undefined> {
  const { pollers, versioning } = await findPollers(client, taskQueue);
  if (pollers.length === 0)
    return `no worker polls the queue ${taskQueue}: start one with ${nameCommand('worker')}`;
  const builds = pollers.map(({ deploymentOptions }) => deploymentOptions);
  const isVersioned = builds.every(
    (build) => build?.workerVersioningMode === WORKER_VERSIONING_MODE_VERSIONED,
  );
  if (!isVersioned || versioning?.currentDeploymentVersion) return undefined;
  const known = [...new Set(builds.map((build) => `${build?.deploymentName} ${build?.buildId}`))];
  return `the workers of the queue ${taskQueue} are versioned, and their deployment has no current build: ${nameCommand(`deployment promote ${known[0]}`)}`;
}
