/** Histories of every release replay on today's bundles; a change that would wedge open runs is caught here. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleWorkflows } from '@batonhq/baton/worker';
import packageJson from '../../package.json' with { type: 'json' };
import { firstRequest, required, withDesk } from '../fixtures/harness.js';
import { ResearchDesk } from '../fixtures/research-desk.js';
import { model, recordings } from './recordings.js';

const HISTORIES = fileURLToPath(new URL('histories', import.meta.url));
const CHANGED = fileURLToPath(new URL('../fixtures/changed-workflows.ts', import.meta.url));
const DESK = fileURLToPath(new URL('../../dist/examples/research-desk/workflows.js', import.meta.url));

const recorded = (): string[] =>
  readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

async function record(): Promise<void> {
  const folder = join(HISTORIES, packageJson.version);
  mkdirSync(folder, { recursive: true });
  await withDesk({ model }, async (desk) => {
    for (const [workflow, { input, act }] of Object.entries(recordings)) {
      const run = await desk.start(workflow, input);
      await act?.(run, desk);
      await run.result();
      const history = historyToJSON(await run.fetchHistory());
      write(history, join(folder, `${workflow}.json`));
    }
  });
  const research = new ResearchDesk();
  try {
    await research.worker();
    const run = await research.start('How long does the dough rest?', 'research-desk');
    const { id } = await firstRequest(run);
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    await run.result();
    write(historyToJSON(await run.fetchHistory()), join(folder, 'research-desk.json'));
  } finally {
    await research.close();
  }
}

function write(history: string, file: string): void {
  writeFileSync(file, `${JSON.stringify(JSON.parse(history), null, 1)}\n`);
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(HISTORIES, name), 'utf8'));
}

async function replay(code: string, name: string): Promise<void> {
  const history = read(name) as {
    events: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
  };
  // Ids are made from the run's own id, so it replays under that.
  const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowId);
}

if (process.env['BATON_RECORD'] !== undefined) await record();

describe('D5 recorded histories', () => {
  let fixtures = '';
  let desk = '';
  beforeAll(async () => {
    fixtures = readFileSync(required('BATON_TEST_BUNDLE'), 'utf8');
    desk = (await bundleWorkflows(DESK, new DefaultLogger('ERROR'))).code;
  });

  test.each(recorded())('%s replays', async (name) => {
    await replay(name.includes('research-desk') ? desk : fixtures, name);
  });

  test('every recorded workflow has a history of this version', () => {
    expect(recorded()).toEqual(
      expect.arrayContaining(
        Object.keys(recordings).map((workflow) => join(packageJson.version, `${workflow}.json`)),
      ),
    );
  });

  test('a changed orchestration does not replay: the gate would catch it', async () => {
    const { code } = await bundleWorkflows(CHANGED, new DefaultLogger('ERROR'));
    await expect(replay(code, join(packageJson.version, 'hello.json'))).rejects.toThrow(
      DeterminismViolationError,
    );
  });
});
