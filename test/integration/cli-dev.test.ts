/** `baton dev` while somebody writes: a worker with the new code takes over, and a change that does not load stops nothing. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../architecture/source.js';
import { CliDesk } from '../fixtures/cli/desk.js';

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
  mkdirSync(join(desk.folder, 'node_modules/@batonhq'), { recursive: true });
  symlinkSync(ROOT, join(desk.folder, 'node_modules/@batonhq/baton'));
  writeFileSync(join(desk.folder, 'package.json'), JSON.stringify({ name: desk.queue, type: 'module' }));
});
afterEach(() => desk.close());

const write = (name: string, text: string): void => writeFileSync(join(desk.folder, name), text);

/** An orchestration that answers with what another file says. */
const HELLO = `import { orchestration } from '@batonhq/baton/workflow';
import { ANSWER } from './answer.js';
export const hello = orchestration(async (_input) => ANSWER);
`;
const answer = (text: string): string => `export const ANSWER = ${JSON.stringify(text)};\n`;

async function ask(): Promise<unknown> {
  const { document } = await desk.json([
    'start',
    'hello',
    '--input',
    'null',
    '--wait',
    '--task-queue',
    desk.queue,
  ]);
  return document['result'];
}

test('dev: new runs use the new code when a file changes, and the old code when the change does not load', async () => {
  write('hello.mjs', HELLO);
  write('answer.js', answer('first'));
  const dev = desk.begin(['dev', 'hello.mjs']);
  await dev.says('stderr', /Baton is ready/);
  expect(await ask()).toBe('first');

  write('answer.js', answer('second'));
  await dev.says('stderr', /answer\.js changed[^]*Reloaded\. Workflows: hello/);
  expect(await ask()).toBe('second');

  write('answer.js', 'export const ANSWER = ;');
  await dev.says('stderr', /does not load[^]*keeps serving/);
  expect(await ask()).toBe('second');

  write('answer.js', answer('third'));
  await dev.says('stderr', /keeps serving[^]*Reloaded/);
  expect(await ask()).toBe('third');
  expect((await dev.kill('SIGINT')).code).toBe(0);
}, 120_000);
