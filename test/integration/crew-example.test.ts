/** The crew of the examples, as it is built, without a key. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { CrewOutput } from '@batonhq/baton/workflow';
import { createWorker, loadConfig, offlineModel } from '@batonhq/baton/worker';
import { crewAlgorithms } from '../../examples/crew/offline.js';
import { connected, timeline } from '../fixtures/harness.js';

const CONFIG = fileURLToPath(new URL('../../dist/examples/crew/baton.config.js', import.meta.url));

test('example crew: the classic listing runs offline, and its article is made of what was found', async () => {
  const { client, native } = await connected();
  const folder = mkdtempSync(join(tmpdir(), 'baton-crew-'));
  const taskQueue = `crew-${randomUUID()}`;
  const config = await loadConfig(CONFIG);
  const store = `file:${join(folder, 'store.db')}`;
  const models = { default: offlineModel({ agents: crewAlgorithms }) };
  const worker = await createWorker({ ...config, models, store, taskQueue }, { connection: native });
  const running = worker.run();
  try {
    const start = (workflow: string, input: unknown) =>
      client.workflow.start(workflow, {
        taskQueue,
        workflowId: `${workflow}-${randomUUID()}`,
        args: [input],
      });
    const run = await start('articles', { topic: 'tea' });
    const { tasks, raw } = (await run.result()) as CrewOutput;
    expect(tasks.map(({ name, agent }) => [name, agent])).toEqual([
      ['research_task', 'researcher'],
      ['write_task', 'writer'],
    ]);
    expect(JSON.stringify(tasks[0]?.output)).toContain('Camellia sinensis');
    expect(raw).toContain('Camellia sinensis');
    expect((await timeline(run)).filter(({ kind }) => kind === 'tool')).toHaveLength(1);
    const both = await start('manyArticles', [{ topic: 'honey bees' }, { topic: 'the bicycle' }]);
    const [bees, bicycle] = (await both.result()) as CrewOutput[];
    expect(bees?.raw).toMatch(/hive|dance/);
    expect(bicycle?.raw).toMatch(/1885/);
  } finally {
    worker.shutdown();
    await running;
    rmSync(folder, { recursive: true, force: true });
  }
});
