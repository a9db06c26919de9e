/**
 * Compiles the package into dist/, writes its JSON Schemas into schemas/, and removes what no source stands behind any more: a renamed module must not be
 * tested, or published, by its old name.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
const isData = (name) =>
  /^examples\/[^/]+\/(?!fixtures\/).*\.(?:sql|json)$|^src\/inbox\/assets\/.*\.(?:css|svg)$/.test(name);
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
    if (!/\.(?:js|d\.ts|map|sql|json|css|svg)$/.test(output)) continue;
    const source = sourceOf(output);
    const wanted = isSource(source) || isData(source);
    if (output.endsWith('.map') || !wanted || !existsSync(join(ROOT, source)))
      rmSync(join(ROOT, output), { force: true });
  }
}

/** What modules read from beside themselves. */
function copyData() {
  for (const source of COMPILED.flatMap(files).filter(isData)) {
    mkdirSync(dirname(join(DIST, source)), { recursive: true });
    copyFileSync(join(ROOT, source), join(DIST, source));
  }
}

/** One file a published schema, as the package's door `./schemas/*.json` gives them out. */
async function writeSchemas() {
  const folder = join(ROOT, 'schemas');
  const { buildJsonSchemas } = await import('../dist/src/schemas/json-schema.js');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, schema] of Object.entries(buildJsonSchemas()))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
}

forgetIncompleteBuild();
const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
// Several threads would check much of the same types, each for itself.
const compile = (project) =>
  spawnSync(process.execPath, [tsc, '--singleThreaded', '-p', project], { cwd: ROOT, stdio: 'inherit' })
    .status ?? 1;
// The inbox page's script runs in a browser: another world, with a project of its own.
const status = compile('tsconfig.build.json') || compile('src/inbox/page');
removeOrphans();
copyData();
if (status === 0) await writeSchemas();
process.exitCode = status;
