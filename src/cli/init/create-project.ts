/** Creates a project from the starter template in the package. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createUsageError } from '../../contracts/errors.js';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
type Manifest = z.infer<typeof Manifest>;

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
 * @throws {BatonError} `BAD_USAGE` when the folder is not empty, is a file, or has a name that no package can
 * have.
 */
export function createProject(given: string): CreatedProject {
  const folder = resolve(given);
  const { root, manifest } = readOwnPackage();
  const own = buildPackageJson(manifest);
  const name = toProjectName(folder, Object.keys({ ...own.dependencies, ...own.devDependencies }));
  assertEmpty(folder, given);
  const template = join(root, 'templates', 'starter');
  const written = listFiles(template).map((file) => {
    const target = RENAMED[file] ?? file;
    write(join(folder, target), readFileSync(join(template, file), 'utf8').replaceAll('{{name}}', name));
    return target;
  });
  write(join(folder, 'package.json'), `${JSON.stringify({ name, ...own }, null, 2)}\n`);
  return { name, folder, files: [...written, 'package.json'].toSorted() };
}

/** The project's dependencies, in the exact versions that this package was tested with. */
function buildPackageJson({ name, version, engines, dependencies, devDependencies }: Manifest) {
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
      test: 'node --import jiti/register --test test/*.test.ts',
      typecheck: 'tsc',
    },
    dependencies: { [name]: version, ...exactly('zod') },
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
    `${isFolder ? holds : `${given} is a file`}. A project is made in a new or empty folder, so that nothing is written over.`,
    { folder },
  );
}

function listFiles(template: string): string[] {
  return readdirSync(template, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(template, file)).isFile())
    .toSorted();
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** This package's folder, found from `src` and from `dist/src`. */
function readOwnPackage(): { readonly root: string; readonly manifest: Manifest } {
  const roots = ['../../../', '../../../../'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = roots.find((each) => existsSync(join(each, 'package.json')));
  if (root === undefined) throw new Error(`No package.json above ${roots.join(' or ')}.`);
  return { root, manifest: Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) };
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
