/** The example with the classic listing: offline, on a real server. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { forkGraph, type GraphStates } from '@batonhq/baton/client';
import { loadConfig, offlineModel } from '@batonhq/baton/worker';
import { expect, test } from 'vitest';
import { timeline, withDesk, type Desk } from '../fixtures/harness.js';

const FOLDER = new URL('../../dist/examples/graph/', import.meta.url);
const file = (name: string): string => fileURLToPath(new URL(name, FOLDER));

interface AgentState {
  readonly task: string;
  readonly research_results: readonly string[];
  readonly draft: string;
  readonly current_agent: string;
}

const statesOf = async (run: WorkflowHandle): Promise<GraphStates['steps']> =>
  (await run.query<GraphStates>('states')).steps;

async function example<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  // Evaluating a module registers its definitions, so the workflows come first.
  await loadConfig(file('workflows.js'));
  const { tools } = await loadConfig(file('baton.config.js'));
  const { algorithms } = await import('../../dist/examples/graph/offline.js');
  const model = offlineModel({ agents: algorithms });
  return withDesk({ model, tools, workflows: file('workflows.js') }, body);
}

const TASK = 'What is durable execution?';

test('O2 the listing: orchestrator, researcher, orchestrator, writer, orchestrator, END', async () => {
  await example(async (desk) => {
    const run = await desk.start('report', { task: TASK });
    const state = (await run.result()) as AgentState;
    expect(Object.keys(state)).toEqual(['task', 'research_results', 'draft', 'current_agent']);
    expect(state.research_results[0]).toMatch(/^Durable execution records each step/);
    expect(state.draft).toBe([`# ${TASK}`, ...state.research_results].join('\n\n'));
    expect(state.current_agent).toBe('done');
    const steps = await statesOf(run);
    expect(steps.map(({ nodes }) => nodes.join())).toEqual([
      '',
      'orchestrator',
      'researcher',
      'orchestrator',
      'writer',
      'orchestrator',
    ]);
    expect(steps.map(({ state: each }) => (each as unknown as AgentState).current_agent)).toEqual([
      'orchestrator',
      'researcher',
      'orchestrator',
      'writer',
      'orchestrator',
      'done',
    ]);
    const tools = (await timeline(run)).filter(({ kind }) => kind === 'tool');
    expect(tools).toMatchObject([{ path: expect.stringMatching(/^step-2\/researcher\//) }]);
  });
});

test('O2 the listing, forked: what was searched is not searched again, and the writer writes of the edited results', async () => {
  await example(async (desk) => {
    const run = await desk.start('report', { task: TASK });
    await run.result();
    const edit = { research_results: ['Only this is known.'] };
    const forked = await forkGraph(desk.client, run.workflowId, { step: 2, edit });
    const other = desk.client.workflow.getHandle(forked.workflowId);
    expect(await other.result()).toMatchObject({ draft: `# ${TASK}\n\nOnly this is known.` });
    expect((await statesOf(other)).map(({ step }) => step)).toEqual([2, 3, 4, 5]);
    expect((await timeline(other)).filter(({ kind }) => kind === 'tool')).toEqual([]);
  });
});
