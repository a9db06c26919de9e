/** The demo, and the commands that keep an engine: as a user runs them in an empty folder. */
import { UnseenRun } from '../../dist/src/cli/demo/demo-run.js';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { baton, Command } from '../fixtures/cli/command.js';
import { CliDesk } from '../fixtures/cli/desk.js';

interface DemoDocument {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
  readonly models: string;
  readonly answer: string;
  readonly citations: { file: string; startLine: number; endLine: number; text: string }[];
  readonly delivery: { kind: string; path: string } | null;
  readonly rejected?: { by: string; reason: string };
  readonly handoffs: number;
  readonly modelCalls: number;
}

const GUIDE = `# Kettle

A kettle boils water.

## Descaling

To descale the kettle, fill it with vinegar and water in equal parts and boil it twice. Rinse it afterwards.

## Safety

The kettle switches itself off when it is empty.
`;

let desk: CliDesk;
let corpus: string;
beforeEach(() => {
  desk = new CliDesk();
  corpus = join(desk.folder, 'manuals');
  mkdirSync(corpus);
  writeFileSync(join(corpus, 'kettle.md'), GUIDE);
});
afterEach(() => desk.close());

const question = 'How do I descale the kettle?';
const demo = (...more: string[]): string[] => ['demo', question, '--corpus', corpus, '--json', ...more];
const mails = (): string[] => {
  const outbox = join(desk.folder, 'outbox');
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
};

describe('demo', { timeout: 120_000 }, () => {
  test('demo --yes: answers with citations that stand in the files, sends one mail, and ends without input', async () => {
    const { code, stdout, stderr } = await desk.run(demo('--yes', '--by', 'ada'));
    expect(stderr).toContain('--yes: approved as ada');
    expect(stderr).toContain('offline models: no provider is asked');
    const document = JSON.parse(stdout) as DemoDocument;
    expect(document).toMatchObject({
      status: 'completed',
      models: 'offline',
      handoffs: 1,
      delivery: { kind: 'file' },
    });
    expect(document.answer).toContain('vinegar');
    expect(document.citations.length).toBeGreaterThan(0);
    for (const { file, startLine, endLine, text } of document.citations) {
      const lines = readFileSync(join(desk.folder, file), 'utf8').split('\n');
      expect(lines.slice(startLine - 1, endLine).join('\n')).toContain(text);
    }
    expect(mails()).toHaveLength(1);
    expect(code).toBe(0);
  });

  test('D1 demo: killed after its run had ended, and before anybody saw the result, it shows that result', async () => {
    const first = JSON.parse((await desk.run(demo('--yes'))).stdout) as DemoDocument;
    // The file that a demo leaves behind when it ends before it prints its last lines.
    new UnseenRun(first.workflowId, join(desk.folder, '.baton')).write(first.runId);
    const again = await desk.run(demo('--yes'));
    expect(again.stderr).toContain('has ended meanwhile: this is its result');
    expect(JSON.parse(again.stdout)).toMatchObject({ runId: first.runId, answer: first.answer });
    expect(mails()).toHaveLength(1);
    const afresh = JSON.parse((await desk.run(demo('--yes'))).stdout) as DemoDocument;
    expect(afresh.runId).not.toBe(first.runId);
    expect(mails()).toHaveLength(2);
  });

  test('demo: without a terminal it prints how to decide, waits, and a rejection sends nothing', async () => {
    const running = desk.begin(demo());
    const [, request = ''] = await running.says('stderr', /baton .*approve (\S+)\n/);
    expect(running.stderr).toContain('Waiting for a decision');
    expect((await desk.run(['reject', request, '--reason', 'not now', '--by', 'ada'])).code).toBe(0);
    const { code, stdout } = await running.ended;
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      delivery: null,
      rejected: { by: 'ada', reason: 'not now' },
    });
    expect(mails()).toEqual([]);
    expect(code).toBe(0);
  });

  test('D1 demo: continues the same run when it was killed while it waited and is started again', async () => {
    const first = desk.begin(demo());
    const [, request = ''] = await first.says('stderr', /baton .*approve (\S+)\n/);
    await first.kill('SIGKILL');
    const second = desk.begin(demo('--yes'));
    await second.says('stderr', /is open already: going on where it stood/);
    const { code, stdout } = await second.ended;
    const document = JSON.parse(stdout) as DemoDocument;
    expect(request.startsWith(`${document.workflowId}/`)).toBe(true);
    expect(document.status).toBe('completed');
    expect(mails()).toHaveLength(1);
    expect(code).toBe(0);
  });

  test('demo: interrupted, it ends its worker, leaves the run, and says how to go on', async () => {
    const running = desk.begin(demo());
    await running.says('stderr', /baton .*approve (\S+)\n/);
    const { code, stdout, stderr } = await running.kill('SIGINT');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'waiting', answer: null, delivery: null });
    expect(stderr).toContain(`baton --address ${desk.address} demo '${question}' --corpus`);
    expect(code).toBe(130);
  });
});

describe('engine', { timeout: 120_000 }, () => {
  let kept: Command | undefined;
  afterAll(() => kept?.kill('SIGKILL'));

  test('engine: other commands of the folder find it, and "engine stop" ends it', async () => {
    const here = { cwd: desk.folder, env: { BATON_TEMPORAL_CLI: process.env['BATON_TEST_TEMPORAL'] ?? '' } };
    kept = new Command(['engine', '--json'], here);
    await kept.says('stdout', /^\}/m);
    const { address } = JSON.parse(kept.stdout) as { address: string };
    const doctor = await baton(['doctor', '--json'], here);
    expect(doctor.stdout).toContain(address);
    expect((await baton(['list', '--json'], here)).stdout).toBe(`${JSON.stringify({ runs: [] }, null, 2)}\n`);
    const stopped = await baton(['engine', 'stop', '--json'], here);
    expect(JSON.parse(stopped.stdout)).toEqual({ stopped: true });
    expect((await kept.ended).code).toBe(0);
    expect(JSON.parse((await baton(['engine', 'stop', '--json'], here)).stdout)).toEqual({ stopped: false });
    // Another engine now listens at Temporal's default address.
    const asleep = await baton(['list', '--json'], here);
    expect(asleep.code).toBe(3);
    expect(JSON.parse(asleep.stdout)).toMatchObject({
      error: { code: 'ENGINE_UNREACHABLE', message: expect.stringContaining("This folder's engine") },
    });
  });
});
