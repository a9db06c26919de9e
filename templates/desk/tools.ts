/** What the tools do. This is ordinary Node code; it runs on workers, never in the workflow. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { implement } from '@batonhq/baton/worker';
import { lookUp, sendReply } from './team.js';

const HANDBOOK = [
  'Orders are delivered within three working days.',
  'Goods may be sent back within thirty days, at our cost.',
  'Invoices are sent by mail on the day of delivery.',
];

export const tools = [
  implement(lookUp, ({ words }) => {
    const wanted = words
      .toLowerCase()
      .split(/\W+/)
      .filter((word) => word.length > 3);
    return HANDBOOK.filter((line) => wanted.some((word) => line.toLowerCase().includes(word)));
  }),
  // The key is the same for every attempt of one call: a reply that was written before is written over, not twice.
  implement(sendReply, async ({ to, subject, body }, { idempotencyKey }) => {
    const file = join('outbox', `${idempotencyKey}.txt`);
    await mkdir('outbox', { recursive: true });
    await writeFile(file, `To: ${to}\nSubject: ${subject}\n\n${body}\n`);
    return { file };
  }),
];
