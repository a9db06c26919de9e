/**
 * Prepares a release and checks that one is ready. See "Releases" in CONTRIBUTING.md.
 *
 *   npm run release -- prepare 0.1.0   sets the version and dates its section of the changelog
 *   npm run release -- check           says what is missing; exit code 1 where anything is
 *
 * Publishing is left to a person, or to the machine that holds the right to publish.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NOT_RELEASED = '(not released yet)';
/** What must never be in the package. The templates' own tests are meant to be. A run leaves the others, prompts included. */
const NEVER_PACKED =
  /^(?:dist\/)?(?:test|bench)\/|^dist\/.*\.test\.|(?:^|\/)(?:\.|(?:outbox|node_modules)\/|ledger\.key$)|\.jwk$/;

/** The changelog with a version's section dated. @throws when it has no section that waits to be released. */
export function dateChangelog(changelog, version, date) {
  const waiting = `## ${version} ${NOT_RELEASED}`;
  if (!changelog.includes(waiting)) throw new Error(`CHANGELOG.md has no section "${waiting}".`);
  return changelog.replace(waiting, `## ${version} - ${date}`);
}

/** What keeps a version from being released, a line each. */
export function findProblems({ version, changelog, histories, packed, scripts, isClean }) {
  const problems = [];
  if (!new RegExp(`^## ${version.replaceAll('.', '\\.')} - \\d{4}-\\d\\d-\\d\\d$`, 'm').test(changelog))
    problems.push(`CHANGELOG.md has no dated section for ${version}: npm run release -- prepare ${version}`);
  const unreleased = /^## \[Unreleased\]\n(?<text>[\s\S]*?)^## /m.exec(changelog)?.groups?.text.trim() ?? '';
  if (unreleased !== '') problems.push('CHANGELOG.md lists unreleased changes: move them into a version.');
  if (!histories.includes(version))
    problems.push(`test/replay/histories/${version} is missing: BATON_RECORD=1 npx vitest run test/replay`);
  for (const name of ['preinstall', 'install', 'postinstall'])
    if (scripts[name] !== undefined)
      problems.push(`package.json has a script "${name}", which would run at install.`);
  for (const path of packed) if (NEVER_PACKED.test(path)) problems.push(`The package would hold ${path}.`);
  if (!isClean) problems.push('The work tree has changes that are not committed.');
  return problems;
}

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const run = (command, ...args) => spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' }).stdout.trim();

function check() {
  const { version, scripts } = JSON.parse(read('package.json'));
  const histories = join(ROOT, 'test', 'replay', 'histories');
  const [pack] = JSON.parse(run('npm', 'pack', '--dry-run', '--json', '--ignore-scripts'));
  const problems = findProblems({
    version,
    scripts,
    changelog: read('CHANGELOG.md'),
    histories: existsSync(histories) ? readdirSync(histories) : [],
    packed: pack.files.map(({ path }) => path),
    isClean: run('git', 'status', '--porcelain') === '',
  });
  for (const problem of problems) console.log(`✗ ${problem}`);
  if (problems.length === 0)
    console.log(`${version} is ready. Tag it, and publish it: npm publish --provenance --access public`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function prepare(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version ?? ''))
    throw new Error('Name the version: npm run release -- prepare 0.1.0');
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(join(ROOT, 'CHANGELOG.md'), dateChangelog(read('CHANGELOG.md'), version, date));
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version');
  console.log(
    `CHANGELOG.md, package.json and package-lock.json say ${version}. Next: record the histories, see CONTRIBUTING.md.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [step, version] = process.argv.slice(2);
  if (step === 'prepare') prepare(version);
  else if (step === 'check') check();
  else {
    console.log('usage: npm run release -- prepare VERSION | check');
    process.exitCode = 2;
  }
}
