/** A part that brings a team into a run without one: its contracts, its recovery and its policies hold in the part. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { handoffCall, type ApprovalRequest } from '@batonhq/baton';
import { scriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { implement, ModelError } from '@batonhq/baton/worker';
import { timeline, until, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const workflows = fileURLToPath(new URL('../fixtures/part-team-workflows.ts', import.meta.url));
const tools = [implement(payout, () => ({ receipt: 'r-1' }))];

const pays = (cents: number): ScriptedStep => ({
  toolCalls: [{ name: 'payout', args: { to: 'ann', cents } }],
});
const model = (cents: number) =>
  scriptedModel({
    front: [{ toolCalls: [handoffCall('till', { order: 'A1' })] }],
    // No irreversible action is carried out in the same turn as its acknowledgement.
    till: [pays(cents), pays(cents), { content: 'paid' }],
    stranger: () => ({ content: 'hello' }),
    mender: [{ content: 'mended' }],
    broken: () => {
      throw new ModelError('MODEL_REQUEST_REJECTED', 'It is broken.', false);
    },
  });
const withParts = <T>(cents: number, body: (desk: Desk) => Promise<T>): Promise<T> =>
  withDesk({ model: model(cents), workflows, tools }, body);

type Run = Awaited<ReturnType<Desk['start']>>;
const asked = (run: Run): Promise<ApprovalRequest> =>
  until(async () => (await run.query<ApprovalRequest[]>('pending'))[0]);
const decide = (run: Run, { id, digest }: ApprovalRequest, by: string, more: object = {}): Promise<unknown> =>
  run.executeUpdate('decide', { args: [{ request: id, digest, option: 'approve', by, ...more }] });

test.each([
  ['playsPays', 'A1', ['hello', 'paid', 'hello']],
  ['drawn', { order: 'A1' }, { order: 'A1', paid: 'paid' }],
])(
  'part: its contracts offer its handoffs, and its policies say who decides (%s)',
  async (name, input, end) => {
    await withParts(500, async (desk) => {
      const run = await desk.start(name, input);
      const request = await asked(run);
      expect(request.needs).toMatchObject({ policy: 'large', roles: ['finance'], quorum: 2 });
      await decide(run, request, 'ada');
      await decide(run, request, 'bob');
      expect(await run.result()).toEqual(end);
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'handoff', from: 'front', to: 'till', contract: 'front-to-till@1' }),
      );
    });
  },
);

/** A person raises a small sum to a large one, and two people approve that. */
async function editedToLarge(run: Run): Promise<void> {
  const request = await asked(run);
  expect(request.needs).toMatchObject({ policy: 'small', quorum: 1 });
  await decide(run, request, 'ada', { option: 'edit', args: { to: 'ann', cents: 5_000 } });
  const edited = await asked(run);
  expect(edited.needs).toMatchObject({ policy: 'large', quorum: 2 });
  for (const by of ['ada', 'bob']) await decide(run, edited, by);
}

test('part: an edit of its action is another policy’s of its team', async () => {
  await withParts(50, async (desk) => {
    const run = await desk.start('playsPays', 'A1');
    await editedToLarge(run);
    await run.result();
  });
});

test('part: what its own code performs needs its team’s people, also as a person edits it', async () => {
  await withParts(0, async (desk) => {
    const run = await desk.start('playsPerforms', 50);
    await editedToLarge(run);
    expect(await run.result()).toMatchObject({ outcome: 'performed' });
  });
});

test('part: what fails in it is recovered as its team says', async () => {
  await withParts(0, async (desk) => {
    expect(await (await desk.start('playsFails', 'this')).result()).toBe('mended');
  });
});

test('part: its own budget ends it, and the run continues with its results', async () => {
  await withParts(0, async (desk) => {
    expect(await (await desk.start('playsThrifty', 2)).result()).toEqual(['enough', 'hello']);
    const run = await desk.start('playsThrifty', 3);
    expect(await run.result()).toEqual(['BUDGET_EXCEEDED', 'hello']);
  });
});

test('part: its pending request is withdrawn when its time limit passes, and the run continues', async () => {
  await withParts(0, async (desk) => {
    const run = await desk.start('playsHasty', 'Who?');
    expect(await run.result()).toBe('BUDGET_EXCEEDED');
    expect(await run.query('pending')).toEqual([]);
  });
});
