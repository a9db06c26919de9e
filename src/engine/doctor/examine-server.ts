/** The checks of `baton doctor` that ask a Temporal server. */
import { nameCommand } from '../../project/command-name.js';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { toPermissionQueue } from '../../contracts/wire/wire.js';
import { examineSearchAttributes, listRegistrationCommands } from '../server/search-attributes.js';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

const DAY_MS = 86_400_000;
/** Long enough for an audit of a month's runs. */
const ADVISED_RETENTION_DAYS = 30;
const TIMEOUT_MS = 10_000;
/** Workers renew a poll each minute, but the server lists a poller for five minutes, even a dead one. */
const POLLER_FRESH_MS = 75_000;

/** The task queues whose pollers are checked. */
interface ExaminedQueues {
  readonly taskQueue?: string | undefined;
  /** Each permission has a separate queue next to the task queue. */
  readonly permissions?: readonly string[] | undefined;
}

/**
 * The findings about the server at TARGET. If the server does not answer, this is the only finding.
 */
export async function examineServer(
  target: ConnectionOptions,
  namespace: string,
  { taskQueue, permissions = [] }: ExaminedQueues,
): Promise<Finding[]> {
  const address = target.address ?? '127.0.0.1:7233';
  let connection: Connection;
  try {
    connection = await Connection.connect({ connectTimeout: TIMEOUT_MS, ...target });
  } catch (error) {
    const remedy = 'Start the server, or correct the address, the TLS settings or the API key.';
    return [
      { check: 'engine', ok: false, detail: `${address} does not answer: ${readMessage(error)}`, remedy },
    ];
  }
  try {
    return await connection.withDeadline(Date.now() + TIMEOUT_MS, async () => {
      const findings = [
        await guard('engine', () => examineVersion(connection, address)),
        await guard('namespace', () => examineNamespace(connection, namespace)),
        await guard('search attributes', () => examineAttributes(connection, namespace)),
      ];
      if (taskQueue === undefined) return findings;
      findings.push(await guard('worker', () => examineQueue(connection, { namespace, taskQueue })));
      for (const permission of permissions) {
        const queue = { namespace, taskQueue, permission };
        findings.push(await guard('permission', () => examineQueue(connection, queue)));
      }
      return findings;
    });
  } finally {
    await connection.close();
  }
}

type Found = Omit<Finding, 'check'>;

async function guard(check: Finding['check'], examineIt: () => Promise<Found>): Promise<Finding> {
  try {
    return { check, ...(await examineIt()) };
  } catch (error) {
    return { check, ok: false, detail: readMessage(error) };
  }
}

async function examineVersion(connection: Connection, address: string): Promise<Found> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  return { ok: true, detail: `${address}, server ${serverVersion}` };
}

async function examineNamespace(connection: Connection, namespace: string): Promise<Found> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const days = (optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) / DAY_MS;
  const detail = `${namespace}, keeps closed runs for ${days} ${days === 1 ? 'day' : 'days'}`;
  if (days >= ADVISED_RETENTION_DAYS) return { ok: true, detail };
  const command = `temporal operator namespace update --namespace ${namespace} --retention ${ADVISED_RETENTION_DAYS}d`;
  const due = `An audit needs the history, which is gone ${days} ${days === 1 ? 'day' : 'days'} after a run has ended`;
  const remedy = `${due}: keep it before with ${nameCommand('audit export')}. To have it longer: ${command}`;
  return { ok: true, detail, remedy };
}

async function examineAttributes(connection: Connection, namespace: string): Promise<Found> {
  const { missing, conflicting } = await examineSearchAttributes(connection, namespace);
  if (conflicting.length > 0) {
    const list = conflicting
      .map(({ name, type, found }) => `${name} is ${found} and must be ${type}`)
      .join('; ');
    return { ok: false, detail: list, remedy: 'Rename or remove them, or use another namespace.' };
  }
  if (missing.length === 0) return { ok: true, detail: 'all registered' };
  const detail = `missing: ${missing.map(({ name, type }) => `${name} (${type})`).join(', ')}`;
  return { ok: false, detail, remedy: listRegistrationCommands(namespace, missing).join('\n') };
}

/** The workflow queue of a task queue, or the queue of one of its permissions. */
async function examineQueue(
  connection: Connection,
  { namespace, taskQueue, permission }: { namespace: string; taskQueue: string; permission?: string },
): Promise<Found> {
  const name = permission === undefined ? taskQueue : toPermissionQueue(taskQueue, permission);
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name },
    taskQueueType: permission === undefined ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
  });
  const fresh = (pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - (optionalTsToMs(lastAccessTime) ?? 0) < POLLER_FRESH_MS,
  );
  if (fresh.length > 0)
    return { ok: true, detail: `${name}: ${fresh.map(({ identity }) => identity).join(', ')}` };
  const remedy =
    permission === undefined
      ? `Run ${nameCommand('dev')} or ${nameCommand('worker')}.`
      : `Run ${nameCommand(`worker --permission ${permission}`)}: until then what needs "${permission}" waits.`;
  return { ok: false, detail: `nobody polls ${name}`, remedy };
}

export interface Finding {
  readonly check:
    'node' | 'executable' | 'engine' | 'namespace' | 'search attributes' | 'worker' | 'permission' | 'store';
  readonly ok: boolean;
  readonly detail: string;
  /** The next action for the reader. With `ok: true` it is advice. */
  readonly remedy?: string;
}

export function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
