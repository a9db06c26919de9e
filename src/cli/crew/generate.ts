/** Generates the modules by which a worker serves a crew of YAML files: its workflow, and its configuration. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest } from '../../contracts/data/canonical-json.js';
import type { CrewSpec } from '../../contracts/crew/spec.js';
import { createConfigError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { BatonConfig } from '../../worker/config.js';
import { findConfigFile, importFile } from '../../worker/load-config.js';
import { resolveStore } from '../../worker/resolve-store.js';

/** The part of the project's configuration that a crew of YAML files needs. */
export interface Project {
  /** Absolute; undefined without a configuration. */
  readonly configFile: string | undefined;
  readonly config: Partial<BatonConfig>;
  /** The absolute path of the module that exports `crewTools`. */
  readonly toolsFile: string | undefined;
  /** The names of these tools. */
  readonly tools: readonly string[];
}

/**
 * Loads the named configuration, else that of the crew's folder or of the current one. A configuration is
 * optional.
 *
 * @throws {BatonError} `BAD_CONFIG` when it does not load, or its `crewTools` are not tools.
 */
export async function loadProject(named: string | undefined, crewFolder: string): Promise<Project> {
  const configFile = findConfig(named, crewFolder);
  if (configFile === undefined) return { configFile, config: {}, toolsFile: undefined, tools: [] };
  const config = ((await importFile(configFile))['default'] ?? {}) as Partial<BatonConfig>;
  const { crewTools } = config;
  if (crewTools === undefined) return { configFile, config, toolsFile: undefined, tools: [] };
  const toolsFile = resolve(dirname(configFile), crewTools);
  const given = (await importFile(toolsFile))['crewTools'];
  if (typeof given !== 'object' || given === null) {
    throw createConfigError(
      `${toolsFile} exports no crewTools: export const crewTools = { SerperDevTool: search }.`,
      { file: toolsFile },
    );
  }
  return { configFile, config, toolsFile, tools: Object.keys(given) };
}

function findConfig(named: string | undefined, crewFolder: string): string | undefined {
  if (named !== undefined) {
    const file = resolve(named);
    if (existsSync(file)) return file;
    throw createConfigError(`There is no file ${file}.`, { file });
  }
  return findConfigFile(crewFolder, process.cwd());
}

/** A crew that a worker can serve. */
export interface Generated {
  /** The path of the configuration. */
  readonly file: string;
  readonly workflow: string;
  readonly taskQueue: string;
}

/** The package's entry point, as an absolute path: the generated modules have no `node_modules` folder. */
const DOOR = fileURLToPath(new URL('../../workflows/index.js', import.meta.url));

/** The same files produce the same modules and so the same task queue: an earlier run can resume. */
export function generate(spec: CrewSpec, project: Project, dataDir: string): Generated {
  const mark = digest({ spec, tools: project.toolsFile ?? null } as unknown as Json).slice(0, 12);
  const folder = resolve(dataDir, 'crews', `${spec.name}-${mark}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const taskQueue = `baton-crew-${spec.name}-${mark}`;
  const workflow = spec.name.replaceAll('-', '_');
  const tools =
    project.toolsFile === undefined ? '' : `import { crewTools } from ${renderText(project.toolsFile)};\n`;
  writeFileSync(
    join(folder, 'workflows.ts'),
    `// Made by \`baton crew run\` from the crew's files. Regenerated whenever they change.
import { crewFromSpec } from ${renderText(DOOR)};
${tools}
export const ${workflow} = crewFromSpec(${JSON.stringify(spec, null, 2)}, ${tools === '' ? '{}' : 'crewTools'});
`,
  );
  const file = join(folder, 'baton.config.ts');
  writeFileSync(file, renderConfiguration(project, taskQueue, folder));
  return { file, workflow, taskQueue };
}

/** A configuration is the default export of its module. */
const EXPORTED = 'default';

/** Relative paths in the project's configuration still resolve from that file. */
function renderConfiguration({ configFile, config }: Project, taskQueue: string, folder: string): string {
  const from = configFile === undefined ? process.cwd() : dirname(configFile);
  const registry = config.approvals?.registry;
  const approvals =
    registry === undefined
      ? ''
      : `  approvals: { ...project.approvals, registry: ${renderText(resolve(from, registry))} },\n`;
  const outputs = config.outputs === undefined ? resolve('outputs') : resolve(from, config.outputs);
  const store = resolveStore(config.store, configFile ?? join(from, 'baton.config.ts'));
  const named =
    configFile === undefined ? 'const project = {};' : `import project from ${renderText(configFile)};`;
  return `// Made by \`baton crew run\`.
${named}

const config = {
  ...project,
${approvals}  workflows: ${renderText(join(folder, 'workflows.ts'))},
  outputs: ${renderText(outputs)},
  store: ${renderText(store)},
  taskQueue: ${renderText(taskQueue)},
};

export { config as ${EXPORTED} };
`;
}

function renderText(value: string): string {
  return JSON.stringify(value);
}
