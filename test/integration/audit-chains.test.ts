/** P5 audit: of a run that is in several histories, those of its child agents and of the runs that it continues. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalRequest, RunView } from '@batonhq/baton';
import { signRequester } from '@batonhq/baton/client';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { auditRun } from '../../dist/src/client/audit/audit-run.js';
import type { Evidence } from '../../dist/src/client/audit/evidence.js';
import { createExport, fetchHistories, readHistoryFile } from '../../dist/src/client/audit/history-file.js';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, until, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/signed-workflows.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));

let folder: string;
let approvers: Approvers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-audit-'));
  approvers = new Approvers(folder);
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'finance');
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
  { workflowId }: WorkflowHandleWithFirstExecutionRunId,
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
      const requester = signRequester({ workflowId: id, input: 'pay zoe' }, signing);
      const run = await desk.start('clerkPays', 'pay zoe', id, requester);
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
        histories: 2,
        actions: [{ workflowId: child.workflowId, tool: 'payout', approvedBy: ['ada', 'bob'] }],
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

  test('audit: the runs that a run continues are audited with it, and one that is missing is a mismatch', async () => {
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
        histories: 2,
        decisions: [{ by: 'ada' }, { by: 'bob' }],
        actions: [{ tool: 'payout', approvedBy: ['ada'] }],
      });
      const [, last] = evidence;
      if (!last) throw new Error('the chain has one run only');
      const part = await auditRun([last], known());
      expect(part).toMatchObject({ verdict: 'mismatch', mismatches: [{ why: 'missing-run' }] });
    });
  });
});
