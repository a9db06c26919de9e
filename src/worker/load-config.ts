/** Loads a configuration, or a bare workflow file, with everything it defines. */
import { nameCommand } from '../project/command-name.js';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { collectDefinitions, type Definition } from '../contracts/definitions/definition.js';
import { BatonError, createConfigError } from '../contracts/errors.js';
import { assertPrices } from '../contracts/definitions/price.js';
import { defined } from '../contracts/data/defined.js';
import { Problems } from '../contracts/data/problems.js';
import { findThrowPlace } from '../contracts/data/thrown-at.js';
import { findTaskQueue } from '../project/task-queue.js';
import { modelFromEnvironment } from '../models/from-environment.js';
import {
  describeOrchestration,
  type OrchestrationDescription,
} from '../contracts/definitions/orchestration.js';
import type { WorkerPolicies } from '../activities/approvals/policies.js';
import type { BatonConfig } from './config.js';
import { readConfig } from './config-keys.js';
import { withFreshModules } from './fresh-modules.js';
import { readNoticeOptions } from './notices.js';
import { resolveApprovals } from './approver-registry.js';
import { listMembers, listPolicies } from './team-members.js';
import { resolveStore } from './resolve-store.js';

/** The configuration files that Baton looks for, in this order. */
export const CONFIG_FILES = ['baton.config.ts', 'baton.config.mts', 'baton.config.js', 'baton.config.mjs'];

/** The first existing configuration file in these folders. */
export function findConfigFile(...folders: readonly string[]): string | undefined {
  return folders
    .flatMap((folder) => CONFIG_FILES.map((name) => resolve(folder, name)))
    .find((file) => existsSync(file));
}

/** A configuration with everything that it refers to, found and checked. */
export interface LoadedConfig extends Settled, Omit<BatonConfig, keyof Settled | 'workflows'> {
  readonly file: string;
  readonly workflowsFile: string;
  readonly workflows: Readonly<Record<string, OrchestrationDescription>>;
  readonly definitions: readonly Definition[];
  /** Warnings about the definitions for their author; a worker logs them when it starts. */
  readonly warnings: readonly string[];
  /** The approvals that this worker demands before it carries out an action. */
  readonly policies: WorkerPolicies;
}

/** The settings that have a default. */
type Settled = Required<
  Pick<
    BatonConfig,
    | 'teams'
    | 'tools'
    | 'models'
    | 'approvals'
    | 'notify'
    | 'store'
    | 'taskQueue'
    | 'activitySlots'
    | 'keepPrompts'
  >
>;

type Module = Record<string, unknown>;

/** A module announces its definitions only when it is first evaluated, so each file is loaded once per process. */
const loaded = new Map<string, Promise<LoadedConfig>>();

/**
 * Loads `file`, or the configuration of the current folder.
 *
 * @throws {BatonError} `BAD_CONFIG` when the configuration is missing, does not load, or exports no orchestration. Several
 * problems of the configuration and its definitions are one error that lists all of them.
 */
export function loadConfig(file: string | undefined, cwd = process.cwd()): Promise<LoadedConfig> {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (!existsSync(path)) {
    throw createConfigError(`There is no file ${path}. Name a configuration or a workflow file.`, {
      path,
    });
  }
  const known = loaded.get(path);
  if (known) return known;
  const loading = load(path);
  loaded.set(path, loading);
  return loading;
}

function findConfig(cwd: string): string {
  const found = findConfigFile(cwd);
  if (found) return found;
  throw createConfigError(
    `${cwd} has no baton.config.ts. Name a file (e.g. ${nameCommand('dev hello.ts')}), or run this where the configuration is.`,
    { cwd },
  );
}

async function load(path: string): Promise<LoadedConfig> {
  const problems = new Problems(withPlace);
  const loading = collectDefinitions(
    () => withFreshModules(dirname(path), () => loadModules(path, problems)),
    problems,
  );
  const {
    result,
    definitions,
    teams: announced,
    warnings,
  } = await loading.catch((error: unknown) => {
    throw problems.joinTo(error);
  });
  const { config, workflowsFile, exports } = result;
  const workflows = listOrchestrations(exports);
  const settings = problems.readAll({
    orchestrations: () => assertOrchestration(workflows, workflowsFile),
    prices: () => config.prices && assertPrices(config.prices),
    activitySlots: () => readSlots(config, path),
    models: () => config.models ?? { default: modelFromEnvironment() },
    approvals: () => resolveApprovals(config.approvals, path),
    notices: () => readNoticeOptions(config, path),
    store: () => resolveStore(config.store, path),
    receipts: () => (config.receipts === undefined ? undefined : resolveStore(config.receipts, path)),
  });
  // Also the teams of parts, which no module exports.
  const exported = Object.values(workflows).flatMap(({ team }) => team ?? []);
  const teams = [...new Set([...(config.teams ?? []), ...exported, ...announced])];
  const { activitySlots, models, approvals, notices, store, receipts } = settings;
  return {
    file: path,
    workflowsFile,
    workflows,
    teams,
    definitions: [...new Set([...definitions, ...teams.flatMap(listMembers)])],
    warnings,
    activitySlots,
    tools: config.tools ?? [],
    models,
    approvals,
    policies: listPolicies(config.approvals?.policies, teams),
    ...notices,
    store,
    taskQueue: config.taskQueue ?? findTaskQueue(dirname(path)),
    keepPrompts: config.keepPrompts ?? true,
    outputs: resolve(dirname(path), config.outputs ?? '.baton/outputs'),
    ...defined({ receipts, prices: config.prices, inbox: config.inbox, retryFor: config.retryFor }),
  };
}

interface Modules {
  readonly config: BatonConfig;
  readonly workflowsFile: string;
  readonly exports: Module;
}

async function loadModules(path: string, problems: Problems): Promise<Modules> {
  const module = await importFile(path);
  const config = readConfig(module['default'], path, problems) ?? { workflows: path };
  const workflowsFile = findWorkflows(resolveWorkflows(config, path), path);
  const exports = workflowsFile === path ? module : await importFile(workflowsFile);
  return { config, workflowsFile, exports };
}

function assertOrchestration(workflows: object, workflowsFile: string): void {
  if (Object.keys(workflows).length > 0) return;
  throw createConfigError(
    `${workflowsFile} exports no orchestration. Export one: \`export const hello = orchestration(…)\`.`,
    { file: workflowsFile },
  );
}

const ACTIVITY_SLOTS = 200;

function readSlots({ activitySlots = ACTIVITY_SLOTS }: BatonConfig, path: string): number {
  if (Number.isInteger(activitySlots) && activitySlots > 0) return activitySlots;
  throw createConfigError(
    `${path}: activitySlots is ${JSON.stringify(activitySlots)}, and must be a whole number of at least 1.`,
    { file: path },
  );
}

function resolveWorkflows({ workflows }: BatonConfig, path: string): string {
  if (workflows !== undefined) return resolve(dirname(path), workflows);
  throw createConfigError(
    `${path} names no workflows: add workflows: './workflows.ts'. Only ${nameCommand('crew run')} does without.`,
    { file: path },
  );
}

/** A compiled configuration still names the source next to it: `workflows.ts` is `workflows.js` there. */
function findWorkflows(file: string, configFile: string): string {
  const compiled = file.replace(/\.([cm]?)ts$/, '.$1js');
  const found = [file, compiled].find((candidate) => existsSync(candidate));
  if (found) return found;
  throw createConfigError(`${configFile} names the workflows ${file}, which do not exist.`, {
    file,
  });
}

/** @throws {BatonError} `BAD_CONFIG` when it does not load. */
export async function importFile(path: string): Promise<Module> {
  try {
    if (/\.[cm]?js$/.test(path)) return (await import(pathToFileURL(path).href)) as Module;
    return await createJiti(import.meta.url, { interopDefault: true }).import<Module>(path);
  } catch (error) {
    if (error instanceof BatonError) throw withPlace(error);
    throw createConfigError(
      `${path} does not load: ${error instanceof Error ? error.message : String(error)}`,
      { path },
      error,
    );
  }
}

/** A definition error names the definition; its author also needs the file. */
function withPlace(error: BatonError): BatonError {
  const place = findThrowPlace(error.stack);
  if (error.code !== 'BAD_DEFINITION' || place === undefined || 'place' in error.facts) return error;
  const near = relative(process.cwd(), place);
  const shown = near.startsWith('..') || isAbsolute(near) ? place : near;
  return new BatonError(
    error.code,
    `${error.message} (${shown})`,
    { ...error.facts, place: shown },
    { cause: error },
  );
}

function listOrchestrations(exports: Module): Record<string, OrchestrationDescription> {
  return Object.fromEntries(
    Object.entries(exports).flatMap(([name, value]) => {
      const description = describeOrchestration(value);
      return description ? [[name, description] as const] : [];
    }),
  );
}
