/** Creates a project from a template in the package. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, basename } from 'node:path';
import { defined } from '../../contracts/data/defined.js';
import { createUsageError } from '../../contracts/errors.js';
import type { OwnPackage } from './own-package.js';
import { listTemplateFolders, type TemplateName } from './templates.js';

export interface CreatedProject {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Relative to the folder, in alphabetical order. */
  readonly files: readonly string[];
}

/** npm would treat these names as files of the package itself, or leave them out. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/**
 * Writes the project's files into a folder that is new or empty.
 *
 * `dependOn` makes the dependency on this package; `undefined` leaves it out. It runs after the checks of the folder.
 *
 * @throws {BatonError} `BAD_USAGE` when the folder is not empty, is a file, or has a name that no package can
 * have.
 */
export async function createProject(
  given: string,
  template: TemplateName,
  own: OwnPackage,
  dependOn: (folder: string) => Promise<string | undefined>,
): Promise<CreatedProject> {
  const folder = resolve(given);
  const pinned = buildPackageJson(own, own.manifest.version);
  const name = toProjectName(folder, Object.keys({ ...pinned.dependencies, ...pinned.devDependencies }));
  assertEmpty(folder, given);
  const written = listTemplateFolders(template).flatMap((each) =>
    copyFolder(join(own.root, each), folder, name),
  );
  const made = buildPackageJson(own, await dependOn(folder));
  write(join(folder, 'package.json'), `${JSON.stringify({ name, ...made }, null, 2)}\n`);
  return { name, folder, files: [...written, 'package.json'].toSorted() };
}

/** Fills the project's name in, and returns the files that it wrote. */
function copyFolder(from: string, folder: string, name: string): string[] {
  return listFiles(from).map((file) => {
    const target = RENAMED[file] ?? file;
    write(join(folder, target), readFileSync(join(from, file), 'utf8').replaceAll('{{name}}', name));
    return target;
  });
}

/** The project's dependencies, in the exact versions that this package was tested with. */
function buildPackageJson({ manifest }: OwnPackage, dependency: string | undefined) {
  const { name, engines, dependencies, devDependencies } = manifest;
  const pinned = { ...devDependencies, ...dependencies };
  const exactly = (...names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((each) => [each, pinned[each] ?? '*']));
  return {
    version: '0.1.0',
    private: true,
    type: 'module',
    engines,
    scripts: {
      dev: 'baton dev',
      test: 'jiti test/run.ts',
      typecheck: 'tsc',
    },
    dependencies: { ...defined({ [name]: dependency }), ...exactly('zod') },
    devDependencies: exactly('@types/node', 'jiti', 'typescript'),
  };
}

function assertEmpty(folder: string, given: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  const [first, ...more] = isFolder ? readdirSync(folder).toSorted() : [];
  if (isFolder && first === undefined) return;
  const holds = `${given} holds ${first ?? ''}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  throw createUsageError(
    `${isFolder ? holds : `${given} is a file`}. Name a new or empty folder, so that no file is overwritten.`,
    { folder },
  );
}

/** The files of a run in an example folder, as its store with prompts, its mail and its keys. They are not the template. */
const LEFT_BY_RUNS = /(?:^|[\\/])(?:\..*|outbox|node_modules|ledger\.key|[^\\/]*\.jwk)(?:[\\/]|$)/;

function listFiles(template: string): string[] {
  return readdirSync(template, { recursive: true, encoding: 'utf8' })
    .filter((file) => !LEFT_BY_RUNS.test(file) && statSync(join(template, file)).isFile())
    .toSorted();
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The names that npm accepts for a package without a scope. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;
/** npm does not install a package into itself, and reserves these names. */
const RESERVED = ['node_modules', 'favicon.ico'];

/**
 * @throws {BatonError} `BAD_USAGE` when the folder's name is not a valid package name.
 */
function toProjectName(folder: string, dependencies: readonly string[]): string {
  const name = basename(resolve(folder));
  const problem = !NAME.test(name)
    ? "a package's name begins with a lower-case letter or a digit, and has only those, - _ and ."
    : [...dependencies, ...RESERVED].includes(name)
      ? 'another package that the project needs has that name'
      : undefined;
  if (problem === undefined) return name;
  throw createUsageError(`The folder "${name}" cannot name a project: ${problem}. Give another one.`, {
    name,
  });
}
