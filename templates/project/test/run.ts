/** Runs every test of this folder. `node --test` would compile the packages too, which takes much longer. */
import { readdirSync } from 'node:fs';
import { loadConfig } from '@batonhq/baton/worker';

console.error('Starting a Temporal dev server and a worker; the first time takes about 15 seconds …');
// Before the tests: a configuration knows the agents whose modules it loads first.
await loadConfig(undefined);
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
for (const file of files.toSorted()) await import(`./${file}`);
