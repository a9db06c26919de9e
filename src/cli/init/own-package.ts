/** This package as it is installed, and how a project that it makes can depend on it. */
import { execFile } from 'node:child_process';
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
 * Whether npm installed this package from the registry that it uses in the folder, so that the version is enough to
 * install the same package there. False for a clone, a folder, and a tarball of any other address: the registry may have
 * another package of that name.
 */
export async function isFromRegistry(
  { root, manifest: { name } }: OwnPackage,
  folder: string,
): Promise<boolean> {
  const resolved = readResolved(root, name);
  if (resolved === undefined) return false;
  const [scope] = name.split('/');
  // With the prefix, npm reads the settings of this folder only, as its `npm install` will.
  const told = await runNpm(['config', 'get', `${scope}:registry`, 'registry', '--prefix', '.'], folder);
  const [, registry] = /^@.*:registry=(?!undefined$)(.+)$/m.exec(told) ?? /^registry=(.+)$/m.exec(told) ?? [];
  return registry !== undefined && isPackageOf(registry, resolved, name);
}

/** The address that npm installed this package from, if it notes one. */
function readResolved(root: string, name: string): string | undefined {
  const path = join('node_modules', name);
  const at = root.lastIndexOf(path);
  if (at < 0) return undefined;
  try {
    const text = readFileSync(join(root.slice(0, at), 'node_modules', '.package-lock.json'), 'utf8');
    return Lock.parse(JSON.parse(text)).packages[path.split(sep).join('/')]?.resolved;
  } catch {
    return undefined;
  }
}

/** Whether an address is of this package in this registry. */
export function isPackageOf(registry: string, address: string, name: string): boolean {
  try {
    const base = new URL(registry.endsWith('/') ? registry : `${registry}/`).href;
    const { href } = new URL(address);
    const path = decodeURIComponent(href.slice(base.length));
    return href.startsWith(base) && `/${path}`.includes(`/${name}/`);
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

/** Returns what npm printed when it has ended, also when it fails; nothing when it is missing. */
function runNpm(args: readonly string[], cwd: string): Promise<string> {
  const isWindows = process.platform === 'win32';
  return new Promise((resolve) => {
    execFile(isWindows ? 'npm.cmd' : 'npm', args, { cwd, shell: isWindows }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}
