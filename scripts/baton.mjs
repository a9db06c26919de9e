/** Runs the command line from the repository: builds it first when the sources are newer than what was built. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'dist/src/cli/main.js');
const stamp = join(root, 'dist/.tsbuildinfo');

if (isStale()) build();
const child = spawn(process.execPath, [entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, BATON_COMMAND: 'npm run -s baton --' },
});
// A terminal sends Ctrl-C to both; a signal to this process alone is handed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = code ?? 1;
  }
});

function isStale() {
  if (!existsSync(entry) || !existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return ['src', 'examples', 'tsconfig.build.json', 'tsconfig.base.json'].some((path) =>
    isNewer(join(root, path), built),
  );
}

function isNewer(path, than) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isDirectory()) return found.mtimeMs > than && !/\.test(-d)?\.ts$/.test(path);
  return readdirSync(path).some((name) => isNewer(join(path, name), than));
}

function build() {
  const began = new Date();
  // Standard output belongs to the command.
  process.stderr.write(
    existsSync(entry)
      ? 'Compiling the changed sources …\n'
      : 'Compiling Baton (only the first time, about 15 seconds) …\n',
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`The build failed.\n${stdout}${stderr}`);
    process.exit(1);
  }
  // The compiler leaves its record alone when nothing that counts has changed.
  utimesSync(stamp, began, began);
}
