/**
 * P1: a policy requires approval of every action it applies to, from every caller; without the proof no action runs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RunView } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { failureOf, firstRequest, until, withDesk, type Desk } from '../fixtures/harness.js';
import { tag } from '../fixtures/policy-workflows.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/policy-workflows.ts', import.meta.url));

let approvers: Approvers;
let tagged: string[];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-policies-')));
  approvers.add('sue', 'support');
  approvers.add('ada', 'finance');
  tagged = [];
});

function withTagDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const tools = [
    implement(tag, ({ as }) => {
      tagged.push(as);
      return 'tagged';
    }),
  ];
  const called = ({ messages }: { messages: readonly { role: string; content: string }[] }) => {
    if (messages.some(({ role }) => role === 'tool')) return { content: 'done' };
    const as = messages.some(({ content }) => content.includes('blocked')) ? 'blocked' : 'friend';
    return { toolCalls: [{ name: 'tag', args: { customer: 'zoe', as } }] };
  };
  const model = scriptedModel({ tagger: called, 'remote-tagger': called });
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model, tools, workflows: WORKFLOWS, approvals }, body);
}

async function asked(desk: Desk, run: Awaited<ReturnType<Desk['start']>>) {
  const { id } = await until(async () => (await run.query<RunView>('view')).pending[0]);
  const owner = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
  return { owner, request: await firstRequest(owner) };
}

describe('P1 compliance over an action that could be undone', () => {
  test.each(['tagger', 'remote-tagger', 'itself'])(
    'compliance: people of the role are asked about the exact arguments when %s calls, and then it happens',
    async (who) => {
      await withTagDesk(async (desk) => {
        const run = await desk.start('tags', { as: 'blocked', who });
        const { owner, request } = await asked(desk, run);
        expect(request).toMatchObject({
          reason: 'compliance',
          action: { tool: 'tag', args: { customer: 'zoe', as: 'blocked' } },
          needs: { policy: 'no-blocking', roles: ['support'] },
        });
        expect(tagged).toEqual([]);
        await owner.executeUpdate('decide', {
          args: [approvers.signs('sue', request, { option: 'approve' })],
        });
        expect(await run.result()).toBe(who === 'itself' ? 'tagged' : 'done');
        expect(tagged).toEqual(['blocked']);
      });
    },
  );

  test.each(['tagger', 'remote-tagger', 'itself'])(
    'compliance: nobody is asked when %s calls with arguments that it does not apply to',
    async (who) => {
      await withTagDesk(async (desk) => {
        await (await desk.start('tags', { as: 'friend', who })).result();
        expect(tagged).toEqual(['friend']);
      });
    },
  );

  test('compliance: a no fails an orchestration that expects the output', async () => {
    await withTagDesk(async (desk) => {
      const run = await desk.start('tags', { as: 'blocked', who: 'itself' });
      const { request } = await asked(desk, run);
      await run.executeUpdate('decide', {
        args: [approvers.signs('sue', request, { option: 'reject', reason: 'a friend' })],
      });
      expect(await failureOf(run)).toMatchObject({ code: 'REJECTED' });
      expect(tagged).toEqual([]);
    });
  });
});
