/**
 * P4: an approver asks back first: the request stays open and unchanged, the agent that requested the decision
 * answers, and no action runs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { beforeEach, expect, test } from 'vitest';
import type { ApprovalRequest, RunView } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedAnswer } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, timeline, until, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/ask-back-workflows.ts', import.meta.url));

let approvers: Approvers;
let paid: number[];
/** The agent's answer to a question. */
let says: () => Promise<string> | string;
let offered: string[][];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-ask-back-')));
  for (const name of ['ada', 'bob']) approvers.add(name, 'finance');
  approvers.add('cat', 'support');
  paid = [];
  offered = [];
  says = () => '{"answers":["Invoice 7.",null]}';
});

function withTill<T>(signed: boolean, body: (desk: Desk) => Promise<T>): Promise<T> {
  const clerk: ScriptedAnswer = async ({ messages, questions, tools }) => {
    if (questions) {
      offered.push(tools.map(({ name }) => name));
      return { content: await says() };
    }
    if (messages.some(({ role }) => role === 'tool')) return { content: 'paid' };
    if (!messages.some(({ content }) => content.includes('Pay zoe.'))) return { content: 'told' };
    return { toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 5 } }] };
  };
  const model = scriptedModel({ clerk, 'remote-clerk': clerk });
  const tools = [implement(payout, ({ cents }) => ({ receipt: `r-${paid.push(cents)}` }))];
  const approvals = signed ? { approvals: { mode: 'signed', registry: approvers.file } as const } : {};
  return withDesk({ model, tools, workflows: WORKFLOWS, ...approvals }, body);
}

async function opened(desk: Desk, run: WorkflowHandle) {
  const { id } = await until(async () => (await run.query<RunView>('view')).pending[0]);
  const owner = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
  return { owner, request: await firstRequest(owner) };
}

function decide(run: WorkflowHandle, request: ApprovalRequest, who: string, option: string, more = {}) {
  return run.executeUpdate('decide', { args: [approvers.signs(who, request, { option, ...more })] });
}

/** The request after this many rounds have ended. */
function ended(run: WorkflowHandle, rounds: number): Promise<ApprovalRequest> {
  return until(async () => {
    const request = await firstRequest(run);
    return request.conversation?.filter(({ answeredAt }) => answeredAt).length === rounds && request;
  });
}

test.each(['clerk', 'remote-clerk'])(
  'P4 ask back: %s answers without tools, and votes, revision and digest stay as they were',
  async (who) => {
    await withTill(true, async (desk) => {
      const run = await desk.start('clerkPays', who);
      const { owner, request } = await opened(desk, run);
      expect(request.options.map(({ id }) => id)).toContain('ask-back');
      await decide(owner, request, 'ada', 'approve');
      const questions = ['Which invoice?', 'Who asked?'];
      expect(await decide(owner, request, 'bob', 'ask-back', { questions })).toMatchObject({
        option: 'ask-back',
        by: 'bob',
        identity: 'signed',
        questions,
      });
      const now = await ended(owner, 1);
      expect(now.conversation).toMatchObject([
        { round: 1, by: 'bob', questions, answers: ['Invoice 7.', null], answeredBy: who },
      ]);
      expect(now).toMatchObject({ revision: 1, digest: request.digest, votes: [{ by: 'ada' }] });
      expect(offered).toEqual([[]]);
      expect(paid).toEqual([]);
      const told = (await timeline(owner)).filter(({ kind }) => kind === 'asked-back');
      expect(told).toMatchObject([{ questions }, { answers: ['Invoice 7.', null] }]);
      await decide(owner, request, 'bob', 'approve');
      expect(await run.result()).toBe('paid');
      expect(paid).toEqual([5]);
    });
  },
);

test('P4 ask back: who may not decide may not ask, an unsigned question is none, and the same one is taken once', async () => {
  await withTill(true, async (desk) => {
    const run = await desk.start('clerkPays', 'clerk');
    const { request } = await opened(desk, run);
    const questions = ['Which?'];
    const plain = { request: request.id, option: 'ask-back', questions, by: 'ada' };
    await expect(decide(run, request, 'cat', 'ask-back', { questions })).rejects.toThrow();
    await expect(run.executeUpdate('decide', { args: [plain] })).rejects.toThrow();
    await decide(run, request, 'ada', 'ask-back', { questions });
    await expect(decide(run, request, 'ada', 'ask-back', { questions })).rejects.toThrow();
    expect((await ended(run, 1)).conversation).toHaveLength(1);
    await decide(run, request, 'ada', 'reject', { reason: 'no' });
    await run.result();
    expect(paid).toEqual([]);
  });
});

test('P4 ask back: an agent that gives no answer holds nobody up, and five rounds are the most', async () => {
  says = () => 'no JSON';
  await withTill(true, async (desk) => {
    const run = await desk.start('clerkPays', 'clerk');
    const { request } = await opened(desk, run);
    for (let round = 1; round <= 5; round += 1) {
      await decide(run, request, 'ada', 'ask-back', { questions: [`Which, for the time ${round}?`] });
    }
    const { conversation = [] } = await ended(run, 5);
    expect(conversation[0]).toMatchObject({ problem: expect.stringContaining('clerk gave no answer') });
    await expect(decide(run, request, 'ada', 'ask-back', { questions: ['Once more?'] })).rejects.toThrow();
    await expect(
      decide(run, request, 'bob', 'ask-back', { questions: ['?'.repeat(2_001)] }),
    ).rejects.toThrow();
    await decide(run, request, 'ada', 'approve');
    await decide(run, request, 'bob', 'approve');
    expect(await run.result()).toBe('paid');
  });
});

test('P4 ask back: a decision that comes while the agent is answering counts', async () => {
  let asked = false;
  let answer: (text: string) => void = () => {};
  says = () => {
    asked = true;
    return new Promise<string>((resolve) => (answer = resolve));
  };
  await withTill(true, async (desk) => {
    const run = await desk.start('clerkPays', 'clerk');
    const { request } = await opened(desk, run);
    await decide(run, request, 'ada', 'ask-back', { questions: ['Which?'] });
    await until(async () => asked);
    await decide(run, request, 'ada', 'approve');
    await decide(run, request, 'bob', 'approve');
    expect(await run.result()).toBe('paid');
    answer('{"answers":["Too late."]}');
    expect(paid).toEqual([5]);
  });
});

test('P4 ask back: the orchestration answers with its own code, reports a failure of that code, and offers no questions without it', async () => {
  await withTill(false, async (desk) => {
    const asks = async (how: string) => {
      const run = await desk.start('asksAndAnswers', how);
      return { run, request: await firstRequest(run) };
    };
    for (const [how, told] of [
      ['says', { answers: ['To ada, who asks "When?": on Monday.'] }],
      ['fails', { problem: 'Nobody has told me.' }],
    ] as const) {
      const { run, request } = await asks(how);
      await run.signal('decide', {
        request: request.id,
        option: 'ask-back',
        questions: ['When?'],
        by: 'ada',
      });
      expect((await ended(run, 1)).conversation).toMatchObject([{ by: 'ada', ...told }]);
      await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve', by: 'ada' }] });
      expect(await run.result()).toMatchObject({ outcome: 'approved' });
    }
    const { run, request } = await asks('silent');
    expect(request.options.map(({ id }) => id)).not.toContain('ask-back');
    await run.terminate();
  });
});

test('P4 ask back: what is done to answer leaves the names of later steps as they are without it', async () => {
  await withTill(false, async (desk) => {
    const placesOfWork = async (asked: boolean): Promise<string[]> => {
      const run = await desk.start('asksThroughAgent', 'x');
      const { id: request } = await firstRequest(run);
      const say = (what: object) => run.executeUpdate('decide', { args: [{ request, by: 'ada', ...what }] });
      if (asked) {
        await say({ option: 'ask-back', questions: ['Why?', 'When?'] });
        expect((await ended(run, 1)).conversation).toMatchObject([{ answers: ['told', 'told'] }]);
      }
      await say({ option: 'approve' });
      expect(await run.result()).toBe('told');
      return (await timeline(run)).flatMap(({ kind, path }) => (kind === 'turn' ? [path] : []));
    };
    const [without] = await placesOfWork(false);
    const withQuestions = await placesOfWork(true);
    expect(withQuestions.at(-1)).toBe(without);
    expect(new Set(withQuestions).size).toBe(3);
  });
});

test('P4 ask back: perform by the orchestration itself has nobody to ask', async () => {
  await withTill(true, async (desk) => {
    const run = await desk.start('clerkPays', 'itself');
    const { request } = await opened(desk, run);
    expect(request.options.map(({ id }) => id)).not.toContain('ask-back');
    await run.terminate();
  });
});
