/** This package as it is installed, and how a project that it makes can depend on it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

export interface OwnPackage {
  readonly root: string;
  readonly manifest: z.infer<typeof Manifest>;
}

/** Found from `src` and from `dist/src`. */
export function readOwnPackage(): OwnPackage {
  const roots = ['../../../', '../../../../'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = roots.find((each) => existsSync(join(each, 'package.json')));
  if (root === undefined) throw new Error(`No package.json above ${roots.join(' or ')}.`);
  return { root, manifest: Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) };
}

const Lock = z.object({
  packages: z.record(z.string(), z.object({ resolved: z.string().optional() })),
});

/**
 * Whether npm installed this package from a registry, so that its version is enough to install it again. False for a clone, a
 * folder and a tarball.
 */
export function isFromRegistry(root: string, name: string): boolean {
  const path = join('node_modules', name);
  const at = root.lastIndexOf(path);
  if (at < 0) return false;
  try {
    const text = readFileSync(join(root.slice(0, at), 'node_modules', '.package-lock.json'), 'utf8');
    const { resolved = '' } = Lock.parse(JSON.parse(text)).packages[path.split(sep).join('/')] ?? {};
    return /^https?:/.test(resolved);
  } catch {
    return false;
  }
}

/** The folder of the packed tarball, below the project. */
const VENDOR = 'vendor';

/**
 * Packs this package into the project, so that `npm install` works there without a registry that has it.
 *
 * @returns the dependency for its package.json; `undefined` if npm could not pack it.
 */
export async function writeTarball(
  folder: string,
  { root, manifest: { name, version } }: OwnPackage,
): Promise<string | undefined> {
  const target = join(folder, VENDOR);
  mkdirSync(target, { recursive: true });
  await runNpm(['pack', '--ignore-scripts', '--silent', '--pack-destination', target], root);
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  return existsSync(join(target, file)) ? `file:${VENDOR}/${file}` : undefined;
}

/** Ends when npm has ended, also when it fails or is missing. */
function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const isWindows = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(isWindows ? 'npm.cmd' : 'npm', args, { cwd, stdio: 'ignore', shell: isWindows });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
