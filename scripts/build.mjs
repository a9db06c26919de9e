/**
 * Compiles the package into dist/ and removes what no source stands behind any more: a renamed module must not be
 * tested, or published, by its old name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
const BUILD_INFO = join(DIST, '.tsbuildinfo');
const COMPILED = ['src', 'examples', 'bench'];

const files = (folder) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    : [];
/** As tsconfig.build.json has it. */
const isSource = (name) =>
  name.endsWith('.ts') && !/\.(?:d|test|test-d)\.ts$|^examples\/[^/]+\/fixtures\//.test(name);
const outputOf = (source) => join('dist', source.replace(/\.ts$/, '.js'));
const sourceOf = (output) =>
  output.slice('dist/'.length).replace(/\.(?:d\.ts|js|js\.map|d\.ts\.map)$/, '.ts');

/** With a build record beside missing outputs, the compiler would believe that they are there. */
function forgetIncompleteBuild() {
  const sources = COMPILED.flatMap(files).filter(isSource);
  if (sources.some((source) => !existsSync(join(ROOT, outputOf(source)))))
    rmSync(BUILD_INFO, { force: true });
}

function removeOrphans() {
  for (const output of COMPILED.flatMap((folder) => files(join('dist', folder)))) {
    if (!/\.(?:js|d\.ts|map)$/.test(output)) continue;
    const source = sourceOf(output);
    if (output.endsWith('.map') || !isSource(source) || !existsSync(join(ROOT, source)))
      rmSync(join(ROOT, output), { force: true });
  }
}

forgetIncompleteBuild();
const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
removeOrphans();
process.exitCode = status ?? 1;
