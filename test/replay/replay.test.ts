/** Histories of every release replay on today's bundles; a change that would wedge open runs is caught here. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TimelineEvent } from '@batonhq/baton';
import type { WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleWorkflows } from '@batonhq/baton/worker';
import packageJson from '../../package.json' with { type: 'json' };
import { required, withDesk } from '../fixtures/harness.js';
import { deskBundle, withResearchDesk } from '../fixtures/desk-in-process.js';
import { approveAll, shippedTicket, supportBundle, withSupportDesk } from '../fixtures/support-desk.js';
import { crewTools } from '../fixtures/crew-model.js';
import { tools } from '../fixtures/swarm-model.js';
import { tellFacts } from '../../dist/src/client/story/history-story.js';
import { readFacts } from '../../dist/src/client/runs/read-history.js';
import { type Replayed, replayAll, withAsking } from './tellings.js';
import { shapeRecordings } from './shape-recordings.js';
import { approve, deskRecordings, DOCUMENTS, model, recordings, supportRecordings } from './recordings.js';

const HISTORIES = fileURLToPath(new URL('histories', import.meta.url));
const SHAPES = fileURLToPath(new URL('../fixtures/shape-workflows.ts', import.meta.url));
const CHANGED = fileURLToPath(new URL('../fixtures/changed-workflows.ts', import.meta.url));

const recorded = (): string[] =>
  readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

/** All of them with `BATON_RECORD=1`; else those whose names hold what it says. */
async function record(isWanted: (name: string) => boolean): Promise<void> {
  const wanted = <T>(all: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(all).filter(([name]) => isWanted(name));
  const folder = join(HISTORIES, packageJson.version);
  mkdirSync(folder, { recursive: true });
  const keep = async (name: string, run: WorkflowHandle): Promise<void> => {
    const history = historyToJSON(await run.fetchHistory());
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(JSON.parse(history), null, 1)}\n`);
  };
  await withDesk({ model }, async (desk) => {
    for (const [workflow, { input, act }] of wanted(recordings)) {
      const run = await desk.start(workflow, input);
      await act?.(run, desk);
      await run.result();
      await keep(workflow, run);
    }
  });
  for (const [name, { workflow, input, model: own, act }] of wanted(shapeRecordings)) {
    await withDesk(
      { model: own, tools: [...tools, ...crewTools], workflows: SHAPES },
      async ({ client, start }) => {
        const first = await start(workflow, input);
        const last = client.workflow.getHandle(first.workflowId);
        await act?.(last);
        await last.result();
        await keep(name, last);
        const { status } = await client.workflow
          .getHandle(first.workflowId, first.firstExecutionRunId)
          .describe();
        if (status.name === 'CONTINUED_AS_NEW')
          await keep(`${name}-first`, client.workflow.getHandle(first.workflowId, first.firstExecutionRunId));
      },
    );
  }
  for (const [name, question] of wanted(deskRecordings)) {
    await withResearchDesk(DOCUMENTS, undefined, async (desk) => {
      const run = await desk.ask(question);
      await approve(run);
      await run.result();
      await keep(name, run);
    });
  }
  for (const [name, ticket] of wanted(supportRecordings)) {
    await withSupportDesk(undefined, async (desk) => {
      const run = await desk.send(shippedTicket(ticket));
      await approveAll(run);
      await keep(name, run);
    });
  }
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(HISTORIES, name), 'utf8'));
}

async function replay(code: string, name: string): Promise<void> {
  const history = read(name) as Recorded;
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowIdOf(history));
}

function recordedRun(name: string) {
  const history = read(name) as Recorded;
  return { name, history, workflowId: workflowIdOf(history) ?? name };
}

/** Of one that was not replayed, since the worker ended before, nothing is known. */
function resultOf(results: ReadonlyMap<string, Replayed>, name: string): Replayed {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${name} was not replayed.`);
  if (result.error) throw result.error;
  return result;
}

/** A request is made after a local activity, which a replay does not carry out: the workflow's clock is ahead of it there. */
function withoutLocalTime(event: TimelineEvent): object {
  const { at, ...rest } = event;
  return event.kind === 'asked' ? rest : { ...rest, at };
}

interface Recorded {
  readonly events: readonly { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
}

/** Ids are made from the run's own id, so it replays under that. */
function workflowIdOf({ events }: Recorded): string | undefined {
  return events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
}

const recording = process.env['BATON_RECORD'];
if (recording !== undefined) await record((name) => recording === '1' || name.includes(recording));

describe('D5 recorded histories', () => {
  const replays = new Map<string, Replayed>();
  const tellings = new Map<string, Replayed>();
  beforeAll(async () => {
    const bundles = {
      'research-desk': (await deskBundle()).code,
      'support-desk': (await supportBundle()).code,
      'shape-': (await bundleWorkflows(SHAPES, new DefaultLogger('ERROR'))).code,
      '': readFileSync(required('BATON_TEST_BUNDLE'), 'utf8'),
    };
    const left = new Set(recorded());
    for (const [part, code] of Object.entries(bundles)) {
      const runs = [...left].filter((name) => name.includes(part)).map(recordedRun);
      for (const { name } of runs) left.delete(name);
      for (const [name, result] of await replayAll(code, runs)) replays.set(name, result);
      for (const [name, result] of await replayAll(withAsking(code), runs)) tellings.set(name, result);
    }
  });

  test.each(recorded())('%s replays', (name) => {
    expect(resultOf(replays, name).error).toBeUndefined();
  });

  test.each(recorded())('H10 %s tells the same story with a worker and without', async (name) => {
    const history = read(name) as Recorded;
    const facts = await readFacts(historyFromJSON(history).events ?? []);
    const told = tellFacts(facts).timeline;
    const own = resultOf(tellings, name).timeline;
    expect(told.length).toBeGreaterThan(1);
    expect(told.map(withoutLocalTime)).toEqual(own.map(withoutLocalTime));
  });

  test('every recorded workflow has a history of this version', () => {
    expect(recorded()).toEqual(
      expect.arrayContaining(
        [recordings, deskRecordings, supportRecordings, shapeRecordings].flatMap((each) =>
          Object.keys(each).map((name) => join(packageJson.version, `${name}.json`)),
        ),
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
