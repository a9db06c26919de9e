/** P4: one person claims a request: others see the claim, and may decide anyway. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { beforeEach, expect, test } from 'vitest';
import type { ApprovalRequest } from '@batonhq/baton';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, timeline, view, withDesk, type Desk } from '../fixtures/harness.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/waiting-workflows.ts', import.meta.url));

let approvers: Approvers;

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-claims-')));
  for (const name of ['ada', 'bob']) approvers.add(name, 'finance');
  approvers.add('mallory', 'support');
});

function withSignedDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model: scriptedModel({}), workflows: WORKFLOWS, approvals }, body);
}

function say(run: WorkflowHandle, request: ApprovalRequest, who: string, option: string) {
  return run.executeUpdate('decide', { args: [approvers.signs(who, request, { option })] });
}

async function refusal(saying: Promise<unknown>): Promise<string> {
  const error: unknown = await saying.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  return String(error.cause?.message);
}

test('P4 claim: it is seen with its end, only who holds it gives it back, and anybody who may decides', async () => {
  await withSignedDesk(async (desk) => {
    const run = await desk.start('asksInTime', {});
    const request = await firstRequest(run);
    expect(await refusal(say(run, request, 'mallory', 'claim'))).toContain('finance');
    expect(await refusal(say(run, request, 'ada', 'release'))).toContain('is not claimed');

    const claim = approvers.signs('ada', request, { option: 'claim' });
    expect(await run.executeUpdate('decide', { args: [claim] })).toMatchObject({
      option: 'claim',
      by: 'ada',
      identity: 'signed',
    });
    const held = await firstRequest(run);
    expect(held).toMatchObject({ claim: { by: 'ada' }, digest: request.digest, revision: 1 });
    const lasts = Date.parse(held.claim?.until ?? '') - Date.parse(held.askedAt);
    expect(lasts).toBeGreaterThanOrEqual(15 * 60_000);
    expect((await view(run)).pending[0]?.claim?.by).toBe('ada');
    expect(await refusal(say(run, request, 'bob', 'claim'))).toContain('is claimed by ada until');
    expect(await refusal(say(run, request, 'bob', 'release'))).toContain('You can still decide');

    await say(run, request, 'ada', 'release');
    expect(await refusal(run.executeUpdate('decide', { args: [claim] }))).toContain('was recorded already');
    expect((await firstRequest(run)).claim).toBeUndefined();
    await say(run, request, 'bob', 'claim');
    await say(run, request, 'ada', 'approve');
    expect(await run.result()).toMatchObject({ outcome: 'approved', by: 'ada' });
    const told = (await timeline(run)).flatMap((event) =>
      event.kind === 'claimed' ? [[event.by, event.option]] : [],
    );
    expect(told).toEqual([
      ['ada', 'claim'],
      ['ada', 'release'],
      ['bob', 'claim'],
    ]);
  });
});
