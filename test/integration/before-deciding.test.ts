/** P2: a request says what was done before it and where the run stands; the Temporal Web UI says it too, and how to decide there. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, expect, test } from 'vitest';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedAnswer } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, until, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/ask-back-workflows.ts', import.meta.url));

let approvers: Approvers;
beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-before-')));
  approvers.add('ada', 'finance');
});

function withTill<T>(signed: boolean, body: (desk: Desk) => Promise<T>): Promise<T> {
  const clerk: ScriptedAnswer = ({ messages }) => {
    const answered = messages.filter(({ role }) => role === 'tool').length;
    return answered < 2
      ? { toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 5 + answered } }] }
      : { content: 'given up' };
  };
  const tools = [implement(payout, () => ({ receipt: 'r' }))];
  const approvals = signed ? { approvals: { mode: 'signed', registry: approvers.file } as const } : {};
  return withDesk({ model: scriptedModel({ clerk }), tools, workflows: WORKFLOWS, ...approvals }, body);
}

async function detailsOf(run: WorkflowHandle): Promise<string[]> {
  const told = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return told.currentDetails.split('\n');
}

test('P2 request: lists earlier attempts, one line each, and the state of the run', async () => {
  await withTill(true, async (desk) => {
    const run = await desk.start('clerkPays', 'clerk');
    const first = await firstRequest(run);
    expect(first.attempted?.at(-1)).toMatch(/^clerk, turn 1: calls payout/);
    const reason = 'Too early.\n\n# Approved by bob\n- **pay**';
    await run.executeUpdate('decide', {
      args: [approvers.signs('ada', first, { option: 'reject', reason })],
    });
    const second = await until(async () => {
      const request = await firstRequest(run);
      return request.id !== first.id && request;
    });
    expect(second.attempted).toContain('ada decided "reject": Too early. # Approved by bob - **pay**');
    expect(second.attempted?.some((line) => line.startsWith('payout of clerk: refused'))).toBe(true);
    expect(second.attempted?.join('')).not.toContain('\n');
    expect(second.state).toMatchObject({ modelCalls: 2, toolCalls: 0, steps: { used: expect.any(Number) } });
    const details = await detailsOf(run);
    expect(details).toContain('- ada decided "reject": Too early. \\# Approved by bob - \\*\\*pay\\*\\*');
    expect(details).toContain(`    baton approve ${second.id}`);
    expect(details).toContain(`    baton reject ${second.id} --reason "why"`);
    expect(details.join('\n')).not.toContain('Send a Signal');
    await run.terminate();
  });
});

test.each([
  ['approve', 'approved'],
  ['reject', 'rejected'],
])(
  'P2 current details: the JSON that they print for "%s" decides when it is sent as the signal',
  async (option, outcome) => {
    await withTill(false, async (desk) => {
      const run = await desk.start('asksAndAnswers', 'silent');
      const { id } = await firstRequest(run);
      const lines = (await detailsOf(run)).filter((line) => line.startsWith('    {'));
      const inputs = lines.map((line) => JSON.parse(line) as { option: string; request: string });
      expect(inputs.map(({ request }) => request)).toEqual([id, id]);
      await run.signal(
        'decide',
        inputs.find((input) => input.option === option),
      );
      expect(await run.result()).toMatchObject({ outcome, by: 'your name' });
    });
  },
);
