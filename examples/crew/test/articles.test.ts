/** The crew on a real Temporal dev server, with its offline algorithms as the models. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestEnvironment } from '@batonhq/baton/testing';
import { offlineModel } from '@batonhq/baton/worker';
import { crewAlgorithms } from '../offline.js';
import type { articles } from '../workflows.js';

test('articles: the writer uses what the researcher found, when both tasks have run', async () => {
  await withTestEnvironment({ model: offlineModel({ agents: crewAlgorithms }) }, async (desk) => {
    const run = await desk.start<typeof articles>('articles', { topic: 'tea' });
    const { raw, tasks } = await run.result();
    assert.deepEqual(
      tasks.map(({ agent }) => agent),
      ['researcher', 'writer'],
    );
    assert.match(raw, /Camellia sinensis/);
  });
});
