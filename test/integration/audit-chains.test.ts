/** P5 audit: of a run that is in several histories, those of its child agents and of the runs that it continues. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type * as proto from '@temporalio/proto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalRequest, RunView } from '@batonhq/baton';
import { signRequester } from '@batonhq/baton/client';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { auditRun } from '../../dist/src/client/audit/audit-run.js';
import type { Evidence } from '../../dist/src/client/audit/evidence.js';
import { fetchHistories } from '../../dist/src/client/audit/fetch-histories.js';
import { createExport, readHistoryFile } from '../../dist/src/client/audit/history-file.js';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, until, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/signed-workflows.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));

type EventId = NonNullable<
  proto.temporal.api.workflowservice.v1.IResetWorkflowExecutionRequest['workflowTaskFinishEventId']
>;

let folder: string;
let approvers: Approvers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-audit-'));
  approvers = new Approvers(folder);
  for (const name of ['ada', 'bob', 'cat', 'dora']) approvers.add(name, 'finance');
});

function withSignedDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const tools = [implement(payout, () => ({ receipt: 'r-1' }))];
  const model = scriptedModel({
    clerk: ({ messages }) =>
      messages.some(({ role }) => role === 'tool')
        ? { content: 'paid' }
        : { toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 20_000 } }] },
  });
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model, tools, workflows: WORKFLOWS, approvals }, body);
}

async function approve(desk: Desk, request: ApprovalRequest, ...names: string[]): Promise<void> {
  const owner = desk.client.workflow.getHandle(request.id.slice(0, request.id.lastIndexOf('/')));
  for (const name of names) {
    await owner.executeUpdate('decide', { args: [approvers.signs(name, request, { option: 'approve' })] });
  }
}

/** Read from an export, as an auditor does who has nothing else. */
async function evidenceFrom(
  desk: Desk,
  { workflowId }: Pick<WorkflowHandleWithFirstExecutionRunId, 'workflowId'>,
): Promise<[Evidence, ...Evidence[]]> {
  const file = join(folder, `${randomUUID()}.json`);
  const kept = createExport(workflowId, await fetchHistories(desk.client, workflowId));
  writeFileSync(file, JSON.stringify(kept));
  return readHistoryFile(file, workflowId);
}

const known = () => ({ approvers: approvers.registry });

describe('P5 audit of a run in several histories', () => {
  test('audit: a child agent’s payment needs as many people as its request said, which stands in its run’s memo', async () => {
    await withSignedDesk(async (desk) => {
      const id = `clerkPays-${randomUUID().slice(0, 8)}`;
      const now = Date.now();
      const signing = { subject: 'cat', key: approvers.keyOf('cat'), now, expires: now + 600_000 };
      const run = await desk.start('clerkPays', 'pay zoe', id, (asked) => signRequester(asked, signing));
      const { id: waiting } = await until(async () => (await run.query<RunView>('view')).pending[0]);
      const owner = desk.client.workflow.getHandle(waiting.slice(0, waiting.lastIndexOf('/')));
      const request = await firstRequest(owner);
      await approve(desk, request, 'ada', 'bob');
      await run.result();
      const [root, child, ...others] = await evidenceFrom(desk, run);
      expect(others).toEqual([]);
      if (!child) throw new Error('the child agent has no history');
      expect(await auditRun([root, child], known())).toMatchObject({
        verdict: 'proven',
        requester: 'cat',
        executions: [{ workflowId: id }, { workflowId: child.workflowId }],
        actions: [{ workflowId: child.workflowId, tool: 'payout', approvedBy: ['ada', 'bob'] }],
      });
      expect(await auditRun([root], known())).toMatchObject({
        verdict: 'incomplete',
        gaps: [{ why: 'missing-child', message: expect.stringContaining(child.workflowId) }],
      });
      const alone = child.actions.map((action) => {
        const { proof } = action.input;
        if (!proof) return action;
        return {
          ...action,
          input: { ...action.input, proof: { ...proof, decisions: proof.decisions.slice(0, 1) } },
        };
      });
      const report = await auditRun([root, { ...child, actions: alone }], known());
      expect(report.mismatches.map(({ why }) => why)).toEqual(['quorum']);
    });
  });

  test('audit: the runs that a run continues are audited with it, and one that is missing makes it incomplete', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('paysAndGoesOn', { round: 1 });
      await approve(desk, await firstRequest(run), 'ada');
      const asksNow = desk.client.workflow.getHandle(run.workflowId);
      const second = await until(async () =>
        (await asksNow.query<ApprovalRequest[]>('pending')).find(({ action }) => action === undefined),
      );
      await approve(desk, second, 'bob');
      await asksNow.result();
      const evidence = await evidenceFrom(desk, run);
      const report = await auditRun(evidence, known());
      expect(report).toMatchObject({
        verdict: 'proven',
        executions: [{ end: 'continued-as-new' }, { end: 'completed' }],
        decisions: [{ by: 'ada' }, { by: 'bob' }],
        actions: [{ tool: 'payout', approvedBy: ['ada'] }],
      });
      for (const one of evidence) {
        const part = await auditRun([one], known());
        expect(part).toMatchObject({ verdict: 'incomplete', gaps: [{ why: 'missing-run' }] });
      }
    });
  });

  test('audit: the execution before a reset is audited with the one after it, and what was copied counts once', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('paysAndGoesOn', { round: 1 });
      const asked = await firstRequest(run);
      const { runId } = await desk.client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: run.workflowId, runId: run.firstExecutionRunId },
        reason: 'a test',
        workflowTaskFinishEventId: 4 as unknown as EventId,
        requestId: randomUUID(),
      });
      await until(async () => (await firstRequest(run)).id === asked.id);
      await approve(desk, await firstRequest(run), 'ada');
      const goesOn = desk.client.workflow.getHandle(run.workflowId);
      const second = await until(async () =>
        (await goesOn.query<ApprovalRequest[]>('pending')).find(({ action }) => action === undefined),
      );
      await approve(desk, second, 'bob');
      await goesOn.result();
      const evidence = await evidenceFrom(desk, run);
      expect(await auditRun(evidence, known())).toMatchObject({
        verdict: 'proven',
        executions: [
          { runId: run.firstExecutionRunId, end: 'terminated' },
          { runId, end: 'continued-as-new' },
          { end: 'completed' },
        ],
        actions: [{ tool: 'payout' }],
      });
      const [, ...after] = evidence;
      const [reset, ...more] = after;
      if (!reset) throw new Error('there is one execution only');
      expect(await auditRun([reset, ...more], known())).toMatchObject({
        verdict: 'incomplete',
        gaps: [{ why: 'missing-run', message: expect.stringContaining(run.firstExecutionRunId) }],
      });
    });
  });

  test('audit: audits each run that had the id separately', async () => {
    await withSignedDesk(async (desk) => {
      const id = `asksTwo-${randomUUID().slice(0, 8)}`;
      for (const names of [['ada', 'bob'], ['cat']]) {
        const now = Date.now();
        const signing = { subject: 'dora', key: approvers.keyOf('dora'), now, expires: now + 600_000 };
        const run = await desk.start('asksTwo', 'q', id, (asked) => signRequester(asked, signing));
        const request = await firstRequest(run);
        await approve(desk, request, ...names);
        if (names.length === 2) await run.result();
        else await run.terminate('a test');
      }
      const handle = desk.client.workflow.getHandle(id);
      const evidence = await evidenceFrom(desk, { workflowId: id });
      expect(await auditRun(evidence, known())).toMatchObject({
        verdict: 'proven',
        executions: [{ end: 'completed' }, { runId: (await handle.describe()).runId, end: 'terminated' }],
        decisions: [{ by: 'ada' }, { by: 'bob' }, { by: 'cat' }],
      });
    });
  });
});
