/** The graph on a real Temporal dev server, with its offline algorithms as the models. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestEnvironment } from '@batonhq/baton/testing';
import { offlineModel } from '@batonhq/baton/worker';
import { algorithms } from '../offline.js';
import type { report } from '../workflows.js';

test('report: the writer gets what the researcher found, when the graph has run', async () => {
  await withTestEnvironment({ model: offlineModel({ agents: algorithms }) }, async (desk) => {
    const run = await desk.start<typeof report>('report', { task: 'What is durable execution?' });
    const { current_agent: last, draft, research_results: found } = await run.result();
    assert.equal(last, 'done');
    assert.match(found[0] ?? '', /^Durable execution records each step/);
    assert.equal(draft, ['# What is durable execution?', ...found].join('\n\n'));
  });
});
