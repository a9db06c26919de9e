/** `baton show` of a run that has gone on in new executions: each has its story, and says where the one before is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptedModel } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { expect, test } from 'vitest';
import { baton } from '../fixtures/cli/command.js';
import { testAddress, withDesk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';
import { published } from '../fixtures/published.js';

const workflows = fileURLToPath(new URL('../fixtures/loop-workflows.ts', import.meta.url));

test('show: from execution to execution, back to the first, with a worker and without', async () => {
  const model = scriptedModel({ writer: () => ({ content: 'x' }) });
  const cwd = mkdtempSync(join(tmpdir(), 'baton-executions-'));
  const show = (...args: string[]) => baton(['show', ...args, '--address', testAddress()], { cwd });
  const before = (page: string): string => / --execution (\S+)/.exec(page)?.[1] ?? '';
  try {
    const id = await withDesk(
      { model, workflows, tools: [implement(payout, () => ({ receipt: 'r' }))] },
      async (desk) => {
        const run = await desk.start('lines', 7);
        await run.result();
        const last = await show(run.workflowId);
        expect(last.stdout).toMatch(
          new RegExp(`before   \\$ baton .*show ${run.workflowId} --execution \\S+\n`),
        );
        expect(last.stdout).toMatch(/^└─ ✓ writer/m);
        const second = await show(run.workflowId, '--execution', before(last.stdout));
        expect(second.stdout).toContain('✓ continues in a later execution');
        expect(second.stdout).toMatch(new RegExp(`now      \\$ baton .*show ${run.workflowId}\n`));
        const first = await show(run.workflowId, '--execution', before(second.stdout), '--json');
        const told = published('show', JSON.parse(first.stdout) as { timeline: { kind: string }[] });
        expect(told).toMatchObject({ source: 'worker', goesOn: true, runId: before(second.stdout) });
        expect(told.timeline.filter(({ kind }) => kind === 'delegated')).toHaveLength(3);
        return run.workflowId;
      },
    );
    const without = await show(id, '--execution', before((await show(id)).stdout));
    expect(without).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✓ continues in a later execution'),
    });
    const none = await show(id, '--execution', 'no-such');
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`Run ${id} has no execution no-such`),
    });
    expect(await show(id, '--execution', 'x', '--watch')).toMatchObject({ code: 2 });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
