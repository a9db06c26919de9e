/**
 * P1: a policy names the approvers when a run needs a person: after a failure without recovery, and for an open
 * question.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { digest, handoffCall, type ApprovalRequest } from '@batonhq/baton';
import { ModelError } from '@batonhq/baton/worker';
import { scriptedModel, type Script } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, timeline, withDesk, type Desk } from '../fixtures/harness.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/stuck-workflows.ts', import.meta.url));
const QUESTION = 'Which colour has the kettle?';

let approvers: Approvers;

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-stuck-')));
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'ops');
  approvers.add('eve', 'expert');
  approvers.add('lou', 'lead');
});

function withStuckDesk<T>(script: Script, body: (desk: Desk) => Promise<T>): Promise<T> {
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  const model = scriptedModel(script, { acknowledge: 'scripted' });
  return withDesk({ model, workflows: WORKFLOWS, approvals }, body);
}

type Run = Awaited<ReturnType<Desk['start']>>;

function says(run: Run, who: string, request: ApprovalRequest, decision: object): Promise<unknown> {
  const signed = approvers.signs(who, request, { option: 'answer', ...decision });
  return run.executeUpdate('decide', { args: [signed] });
}

const daysFrom = ({ askedAt, deadline = '' }: ApprovalRequest): number =>
  Math.round((Date.parse(deadline) - Date.parse(askedAt)) / 86_400_000);

describe('P1 recoveryExhausted', () => {
  const refuses = { error: new ModelError('MODEL_REQUEST_REJECTED', 'I will not.', false) };

  test('recoveryExhausted: people of the policy decide in its time, and as many as it says give the same answer', async () => {
    await withStuckDesk({ greeter: [refuses] }, async (desk) => {
      const run = await desk.start('getsStuck', 'my kettle leaks');
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'recovery-exhausted',
        needs: { policy: 'on-call', roles: ['ops'], quorum: 2 },
        askedOf: { roles: ['ops'] },
      });
      expect(daysFrom(request)).toBe(30);
      await expect(says(run, 'lou', request, { answer: 'Mine.' })).rejects.toThrow();
      expect(await says(run, 'ada', request, { answer: 'A new kettle.' })).toMatchObject({
        votes: { have: 1, need: 2 },
      });
      // Another answer is another word: it does not make two.
      expect(await says(run, 'bob', request, { answer: 'Nothing.' })).toMatchObject({
        votes: { have: 1, need: 2 },
      });
      await says(run, 'cat', request, { answer: 'A new kettle.' });
      expect(await run.result()).toBe('A new kettle.');
      const [voted] = (await timeline(run)).filter(({ kind }) => kind === 'voted');
      expect(voted).toMatchObject({ by: 'ada', option: 'answer' });
    });
  });

  test('recoveryExhausted: the policy’s name stands in the memo, where lists read it', async () => {
    await withStuckDesk({ greeter: [refuses] }, async (desk) => {
      const run = await desk.start('getsStuck', 'my kettle leaks');
      await firstRequest(run);
      const { memo } = await run.describe();
      expect(memo?.['baton']).toMatchObject({ pending: [{ needs: { policy: 'on-call', quorum: 2 } }] });
      await run.terminate();
    });
  });
});

describe('P1 unansweredClarification', () => {
  test('unansweredClarification: what the sender does not know the people of the policy answer, in its time', async () => {
    const item = `order@${digest('A-1').slice(0, 8)}`;
    const script: Script = {
      greeter: [{ toolCalls: [handoffCall('clerk', { order: 'A-1' })] }, { output: { answers: [null] } }],
      clerk: [
        { toolCalls: [{ name: 'clarify_handoff', args: { questions: [QUESTION] } }] },
        { toolCalls: [{ name: 'accept_handoff', args: { items: [item], answer: 'settled' } }] },
      ],
    };
    await withStuckDesk(script, async (desk) => {
      const run = await desk.start('getsStuck', 'my kettle leaks');
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'clarification',
        question: QUESTION,
        needs: { policy: 'experts', roles: ['expert'], quorum: 1 },
      });
      expect(daysFrom(request)).toBe(7);
      await expect(says(run, 'ada', request, { answer: 'Blue.' })).rejects.toThrow();
      await says(run, 'eve', request, { answer: 'Red.' });
      expect(await run.result()).toBe('settled');
      expect((await timeline(run)).find(({ kind }) => kind === 'decided')).toMatchObject({ by: 'eve' });
    });
  });
});
