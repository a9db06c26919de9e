/** Builds the package and runs a bench of it: `node scripts/bench.mjs NAME [options]`. Names are the folders of bench/. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = '', ...words] = process.argv.slice(2);

if (!/^[a-z-]+$/.test(name) || !existsSync(join(ROOT, 'bench', name, 'main.ts'))) {
  process.stderr.write(`There is no bench "${name}".\n`);
  process.exit(2);
}
// What a compiler says must not stand in a JSON document.
const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
if (build.status !== 0) {
  process.stderr.write(`The build failed.\n${build.stdout}${build.stderr}`);
  process.exit(1);
}
const child = spawn(process.execPath, [join(ROOT, 'dist/bench', name, 'main.js'), ...words], {
  stdio: 'inherit',
});
// The bench ends what it started; it cannot when only this process is told to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
