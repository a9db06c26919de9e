/** Bundles workflow code for the sandbox: the user's orchestrations and Baton's own child agent workflow. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type Logger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createConfigError } from '../contracts/errors.js';
import { DELIVER_NOTICES, CHILD_AGENT } from '../contracts/wire/wire.js';
import { BundleTrouble, type WebpackConfiguration } from './bundle-trouble.js';

/** The workflows that runs start automatically: the type, and its module. */
const OWN: readonly (readonly [type: string, module: string])[] = [
  [CHILD_AGENT, 'orchestration/child-agent'],
  [DELIVER_NOTICES, 'orchestration/deliver-notices'],
];

/** The bundler finds a module by this word; the module is evaluated when it is requested. */
const LOAD = 'require';

/**
 * Each workflow evaluates only its own module. A child agent does not need the orchestrations, and each run pays for the
 * modules that it evaluates. A default export is ignored. A module that uses what the sandbox lacks fails with an
 * explanation.
 */
function renderEntry(workflowsFile: string): string {
  const load = (file: string): string => `${LOAD}(${JSON.stringify(file)})`;
  const own = OWN.map(([type, module]) => `  ${type}: () => ${load(toFile(module))}.${type},\n`);
  return `const own = {\n${own.join('')}};
const loadWorkflows = () => {
  try {
    return ${load(workflowsFile)};
  } catch (error) {
    throw ${load(toFile('orchestration/missing-global'))}.explainMissingGlobal(error);
  }
};
const find = (name) => {
  if (typeof name !== 'string' || name === 'default') return undefined;
  return Object.hasOwn(own, name) ? own[name]() : loadWorkflows()[name];
};
module.exports = new Proxy({}, { get: (_, name) => find(name) });
`;
}

const toFile = (module: string): string =>
  fileURLToPath(new URL(`../workflows/${module}.js`, import.meta.url));

/**
 * A bundle's modules are evaluated again for each run, since runs share nothing, so unused code slows down every run.
 * Unused modules stay out, and unused exports are not set up. A module that is imported with `webpackDefer` is evaluated at
 * first use: a run that needs no schema never evaluates zod.
 */
function trimConfig(config: WebpackConfiguration): WebpackConfiguration {
  return {
    ...config,
    experiments: { ...config.experiments, deferImport: true },
    optimization: {
      ...config.optimization,
      providedExports: true,
      usedExports: true,
      sideEffects: true,
      innerGraph: true,
    },
  };
}

/** The bundler's own cache of a file system. Its class is reached through the instance: the bundler does not export it. */
type RememberingFiles = new <T>(files: T, durationMs: number) => T;
/** Longer than a bundle takes. Each bundle remembers for itself. */
const REMEMBERED_MS = 60_000;

/** The entry is in a temporary folder, and one bundle must never contain two copies of the SDK. */
function withOneSdk(config: WebpackConfiguration): WebpackConfiguration {
  const sdk = dirname(createRequire(import.meta.url).resolve('@temporalio/workflow/package.json'));
  const given = config.resolve?.alias;
  const alias = Array.isArray(given)
    ? [...given, { name: '@temporalio/workflow', alias: sdk }]
    : { ...given, '@temporalio/workflow': sdk };
  return { ...config, resolve: { ...config.resolve, alias } };
}

/** The bundler asks for the same files and folders many times, and the SDK gives it a file system that remembers nothing. */
function withRememberedFiles(config: WebpackConfiguration): WebpackConfiguration {
  const remember: NonNullable<WebpackConfiguration['plugins']>[number] = {
    apply(compiler) {
      const Remembering = compiler.inputFileSystem?.constructor as RememberingFiles;
      compiler.hooks.beforeRun.tap('Baton', () => {
        compiler.inputFileSystem = new Remembering(compiler.inputFileSystem, REMEMBERED_MS);
      });
    },
  };
  return { ...config, plugins: [...(config.plugins ?? []), remember] };
}

/** @throws {BatonError} `BAD_CONFIG` when the code cannot run in the sandbox, with the bundler's message. */
export async function bundleWorkflows(
  workflowsFile: string,
  logger: Logger,
): Promise<WorkflowBundleWithSourceMap> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bundle-'));
  const trouble = new BundleTrouble(logger);
  try {
    const entry = join(folder, 'workflows.js');
    await writeFile(entry, renderEntry(workflowsFile));
    return await bundleWorkflowCode({
      workflowsPath: entry,
      payloadConverterPath: toFile('runtime/payload-converter'),
      failureConverterPath: toFile('runtime/failure-converter'),
      logger: trouble.logger,
      webpackConfigHook: (config) => trouble.watching(withRememberedFiles(trimConfig(withOneSdk(config)))),
    });
  } catch (error) {
    throw createConfigError(
      `The workflows of ${workflowsFile} cannot be bundled: ${trouble.describe(error)}`,
      { file: workflowsFile },
      error,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
