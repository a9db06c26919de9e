/** What the tool does. This is ordinary Node code; it runs on workers, never in the workflow. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { implement } from '@batonhq/baton/worker';
import { pay } from './team.js';

export const tools = [
  // The key is the same for every attempt of one call, so a retry overwrites the file and does not pay twice.
  implement(pay, async ({ to, cents, purpose }, { idempotencyKey }) => {
    const file = join('outbox', `${idempotencyKey}.txt`);
    await mkdir('outbox', { recursive: true });
    await writeFile(file, `${(cents / 100).toFixed(2)} to ${to}: ${purpose}\n`);
    return { file };
  }),
];
