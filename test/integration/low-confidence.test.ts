/** P1: people are asked where nobody is sure enough of an action that does harm when it is wrong. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalRequest, RunView, TimelineEvent } from '@batonhq/baton';
import { implement, type ApprovalsConfig } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { block, greet } from '../fixtures/confidence-agents.js';
import { firstRequest, timeline, until, withDesk, type Desk } from '../fixtures/harness.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/confidence-workflows.ts', import.meta.url));
const TRUSTING = fileURLToPath(new URL('../fixtures/trusting-workflows.ts', import.meta.url));

let blocked: unknown[];

beforeEach(() => {
  blocked = [];
});

/** An agent that blocks zoe, and says this of it. */
function blocking(said: object, sureOfRoute = 0.9): ScriptedModel {
  const answer = ({ messages }: { messages: readonly { role: string }[] }) =>
    messages.some(({ role }) => role === 'tool')
      ? { content: 'done' }
      : { toolCalls: [{ name: 'block', args: { customer: 'zoe', ...said } }] };
  const routed = { destination: 'guard', confidence: sureOfRoute, reason: 'because' };
  return scriptedModel({ guard: answer, 'remote-guard': answer, 'at-the-door': () => ({ output: routed }) });
}

interface Wanted {
  readonly model: ScriptedModel;
  readonly approvals?: ApprovalsConfig;
  readonly workflows?: string;
}

function withGuard<T>(
  { model, approvals, workflows = WORKFLOWS }: Wanted,
  body: (desk: Desk) => Promise<T>,
): Promise<T> {
  const tools = [
    implement(block, (args) => {
      blocked.push(args);
      return 'blocked';
    }),
    implement(greet, () => 'hello'),
  ];
  return withDesk({ model, tools, workflows, ...(approvals ? { approvals } : {}) }, body);
}

async function asked(desk: Desk, run: Awaited<ReturnType<Desk['start']>>): Promise<ApprovalRequest> {
  const { id } = await until(async () => (await run.query<RunView>('view')).pending[0]);
  return firstRequest(desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/'))));
}

function approve(desk: Desk, { id }: ApprovalRequest): Promise<unknown> {
  const owner = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
  return owner.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'sue' }] });
}

const isTool = (event: TimelineEvent) => event.kind === 'tool';

describe('P1 lowConfidence, where nothing is proven', () => {
  test.each(['guard', 'remote-guard'])(
    'lowConfidence: nobody is asked when %s says that it is sure enough, and the tool gets its own arguments only',
    async (who) => {
      const model = blocking({ baton_confidence: 0.7 });
      await withGuard({ model }, async (desk) => {
        expect(await (await desk.start('blocks', who)).result()).toBe('done');
      });
      expect(blocked).toEqual([{ customer: 'zoe' }]);
    },
  );

  test.each(['guard', 'remote-guard'])(
    'lowConfidence: people are asked when %s is less sure, and are shown how sure it is',
    async (who) => {
      await withGuard({ model: blocking({ baton_confidence: 0.4 }) }, async (desk) => {
        const run = await desk.start('blocks', who);
        const request = await asked(desk, run);
        expect(request).toMatchObject({
          reason: 'low-confidence',
          action: { tool: 'block', args: { customer: 'zoe' } },
          needs: { policy: 'unsure', roles: ['support'] },
          confidence: 0.4,
          details: 'The agent is 0.4 sure of this call, where 1 is certain.',
        });
        expect(blocked).toEqual([]);
        await approve(desk, request);
        expect(await run.result()).toBe('done');
      });
      expect(blocked).toEqual([{ customer: 'zoe' }]);
    },
  );

  test.each([{}, { baton_confidence: 'very' }, { baton_confidence: 7 }, { baton_confidence: null }])(
    'lowConfidence: people are asked when the agent says nothing that counts: %j',
    async (said) => {
      await withGuard({ model: blocking(said) }, async (desk) => {
        const run = await desk.start('blocks', 'guard');
        const request = await asked(desk, run);
        expect(request).toMatchObject({
          reason: 'low-confidence',
          details: expect.stringContaining('has not said') as string,
        });
        expect(request).not.toHaveProperty('confidence');
        await run.terminate();
      });
    },
  );

  test('lowConfidence: people are asked when the orchestration itself calls: nobody says how sure it is', async () => {
    await withGuard({ model: blocking({}) }, async (desk) => {
      const run = await desk.start('blocks', 'itself');
      expect(await asked(desk, run)).toMatchObject({ reason: 'low-confidence' });
      await run.terminate();
    });
  });

  test('lowConfidence: the least counts, so a routing that was not sure asks for people too', async () => {
    await withGuard({ model: blocking({ baton_confidence: 0.9 }, 0.5) }, async (desk) => {
      const run = await desk.start('routesAndBlocks', 'zoe');
      expect(await asked(desk, run)).toMatchObject({
        confidence: 0.5,
        details:
          'The agent is 0.9 sure of this call, where 1 is certain; the routing that gave it the task was 0.5 sure of it.',
      });
      const story = await timeline(run);
      expect(story.find(({ kind }) => kind === 'asked')).toMatchObject({ confidence: 0.5 });
      await run.terminate();
    });
  });

  test('lowConfidence: the timeline says how sure a call was that nobody was asked about', async () => {
    await withGuard({ model: blocking({ baton_confidence: 0.8 }, 0.75) }, async (desk) => {
      const run = await desk.start('routesAndBlocks', 'zoe');
      await run.result();
      expect((await timeline(run)).find(isTool)).toMatchObject({ tool: 'block', confidence: 0.75 });
    });
  });

  test('lowConfidence: an agent is asked for it where a policy could apply, and nowhere else', async () => {
    const model = blocking({ baton_confidence: 0.9 });
    await withGuard({ model }, async (desk) => {
      await (await desk.start('blocks', 'guard')).result();
      await (await desk.start('boldlyBlocks', '')).result();
    });
    const offered = model.calls.map(({ request }) => request.tools ?? []);
    const withProperty = offered.map((tools) =>
      tools.filter(({ parameters }) => JSON.stringify(parameters).includes('baton_confidence')),
    );
    expect(withProperty.map((tools) => tools.map(({ name }) => name))).toEqual([
      ['block'],
      ['block'],
      [],
      [],
    ]);
  });
});

describe('P5 lowConfidence, where decisions are signed', () => {
  function signed(): { approvers: Approvers; approvals: ApprovalsConfig } {
    const approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-unsure-')));
    approvers.add('sue', 'support');
    return { approvers, approvals: { mode: 'signed', registry: approvers.file } };
  }

  test('lowConfidence: how sure an agent is cannot be proven, so people are asked however sure it is', async () => {
    const { approvers, approvals } = signed();
    await withGuard({ model: blocking({ baton_confidence: 1 }), approvals }, async (desk) => {
      const run = await desk.start('blocks', 'guard');
      const request = await asked(desk, run);
      expect(request).toMatchObject({ reason: 'low-confidence', confidence: 1 });
      await run.executeUpdate('decide', { args: [approvers.signs('sue', request, { option: 'approve' })] });
      expect(await run.result()).toBe('done');
      expect(blocked).toHaveLength(1);
    });
  });

  test.each([
    [0.9, 1],
    [0.4, 0],
  ])('lowConfidence: trustRun takes the run’s word, %d', async (sure, times) => {
    const model = blocking({ baton_confidence: sure });
    const { approvals } = signed();
    await withGuard({ model, approvals, workflows: TRUSTING }, async (desk) => {
      const run = await desk.start('believes', '');
      if (times === 0) expect(await asked(desk, run)).toMatchObject({ reason: 'low-confidence' });
      else expect(await run.result()).toBe('done');
      expect(blocked).toHaveLength(times);
      if (times === 0) await run.terminate();
    });
  });
});
