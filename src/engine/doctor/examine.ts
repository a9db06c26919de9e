/** The checks behind `baton doctor`, as data: the question, the finding, and what to do. They change nothing. */
import { nameCommand } from '../../project/command-name.js';
import { type Finding, examineServer, readMessage } from './examine-server.js';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import { findRunningEngine } from '../keeper/embedded-engine.js';
import { findEngine } from '../install/find-engine.js';

export interface ExamineOptions {
  /** The server's connection. Without it, the engine of the data folder is examined. */
  readonly connection?: ConnectionOptions | undefined;
  readonly namespace?: string | undefined;
  readonly dataDir?: string | undefined;
  /** Whether a worker polls this queue. */
  readonly taskQueue?: string | undefined;
  /** Whether a worker polls the separate queue of each of these permissions. */
  readonly permissions?: readonly string[] | undefined;
  /** Whether this file can be written, or created. */
  readonly storeFile?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Default: the version of this process. */
  readonly nodeVersion?: string | undefined;
}

/**
 * Checks everything that a run needs. If the engine does not answer, the checks that depend on it are left
 * out. Never throws because of a finding.
 */
export async function examine(options: ExamineOptions = {}): Promise<Finding[]> {
  const { namespace = 'default', env, nodeVersion = process.versions.node, storeFile } = options;
  const record = options.connection ? undefined : await findRunningEngine(options.dataDir);
  const target = options.connection ?? (record && { address: record.address });
  return [
    examineNode(nodeVersion),
    await examineExecutable(env, options.connection !== undefined),
    ...(target ? await examineServer(target, namespace, options) : [reportNoEngine()]),
    ...(storeFile === undefined ? [] : [await examineStore(storeFile)]),
  ];
}

function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    check: 'node',
    ok,
    detail: `Node ${version}`,
    ...(!ok && { remedy: 'Install Node 20.19 or later.' }),
  };
}

async function examineExecutable(env: NodeJS.ProcessEnv | undefined, external: boolean): Promise<Finding> {
  const check = 'executable';
  try {
    const { path, version } = await findEngine({ install: false, ...(env && { env }) });
    return { check, ok: true, detail: `${path} (server ${version})` };
  } catch (error) {
    if (external) return { check, ok: true, detail: 'none on this machine; not needed with your own server' };
    return {
      check,
      ok: false,
      detail: readMessage(error),
      remedy: `Run ${nameCommand('engine')}: it installs one.`,
    };
  }
}

function reportNoEngine(): Finding {
  return {
    check: 'engine',
    ok: false,
    detail: 'no engine runs for this folder',
    remedy: `Run ${nameCommand('dev')} or ${nameCommand('engine')}, or set TEMPORAL_ADDRESS to a server that runs.`,
  };
}

async function examineStore(file: string): Promise<Finding> {
  const path = resolve(file);
  try {
    const existing = await findNearestExisting(path);
    const isFolder = (await stat(existing)).isDirectory();
    if (existing === path && isFolder) throw new Error(`${path} is a folder`);
    if (existing !== path && !isFolder) throw new Error(`${existing} is not a folder`);
    await access(existing, constants.W_OK);
    return { check: 'store', ok: true, detail: existing === path ? path : `${path} (not there yet)` };
  } catch (error) {
    const remedy = 'Choose a file in a folder that this user may write.';
    return { check: 'store', ok: false, detail: readMessage(error), remedy };
  }
}

async function findNearestExisting(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : findNearestExisting(dirname(path));
}
