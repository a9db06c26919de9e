/** The outcome of a tool call, and of the requests that it opens, decided in memory. */
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runInMemory, type Decide } from '../../../test/fixtures/in-memory/run.js';
import { implement, NotDone, type ToolImplementation } from '../../activities/tools/implement.js';
import { agent } from '../../contracts/definitions/agent.js';
import { approvalPolicy } from '../../contracts/definitions/policy.js';
import { irreversible } from '../../contracts/definitions/policy-condition.js';
import { team } from '../../contracts/definitions/team.js';
import { tool } from '../../contracts/definitions/tool.js';
import type { Json } from '../../contracts/data/json.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { scriptedModel } from '../../testing/scripted-model.js';
import { orchestration } from '../orchestration/orchestration.js';

vi.mock('@temporalio/workflow', () => import('../../../test/fixtures/in-memory/temporal.js'));

const Payment = z.object({ cents: z.int().min(1) });
const look = tool({
  name: 'look',
  description: 'Looks.',
  input: z.object({}),
  output: z.string(),
  effect: 'read',
});
const pay = tool({
  name: 'pay',
  description: 'Pays.',
  input: Payment,
  output: z.string(),
  effect: 'irreversible',
});
const ann = agent({ name: 'ann', goal: 'Work.', tools: [look, pay] });
const plain = team({ name: 'plain', agents: [ann] });
const strict = team({
  name: 'strict',
  agents: [ann],
  approvals: [
    approvalPolicy({
      name: 'two-people',
      when: irreversible(),
      tools: [pay],
      roles: ['finance'],
      quorum: 2,
      deadline: '2 hours',
      remind: '30 minutes',
    }),
  ],
});
const works = orchestration({ team: plain }, async (text: string, { delegate }) => delegate(ann, text));
const worksStrictly = orchestration({ team: strict }, async (text: string, { delegate }) =>
  delegate(ann, text),
);

const calls = (name: string, args: Json) => ({ toolCalls: [{ name, args }] });
const paying = { ann: [calls('pay', { cents: 500 }), { content: 'done' }] };
const decision = (option: string, by = 'eve', further: Record<string, Json> = {}) => ({
  option,
  by,
  ...further,
});

/** Decides the pending requests one by one, each when nothing else can proceed. */
function inOrder(...decisions: readonly ReturnType<typeof decision>[]): Decide {
  const left = [...decisions];
  return (pending) => {
    const [request] = pending;
    const next = left.shift();
    if (request === undefined || next === undefined) return [];
    const shown = { digest: request.digest ?? '', revision: request.revision };
    return [{ request: request.id, ...shown, ...next }];
  };
}

async function runWith(
  setup: { readonly strictly?: true; readonly decide?: Decide; readonly script?: object },
  does: (cents: number) => string = (cents) => `paid ${cents}`,
) {
  const paid: number[] = [];
  const tools: ToolImplementation[] = [
    implement(look, () => 'seen'),
    implement(pay, ({ cents }) => {
      paid.push(cents);
      return does(cents);
    }),
  ];
  const model = scriptedModel((setup.script ?? paying) as typeof paying);
  const ended = await runInMemory((setup.strictly ? worksStrictly : works) as never, 'go', {
    team: setup.strictly ? strict : plain,
    model,
    tools,
    ...(setup.decide === undefined ? {} : { decide: setup.decide }),
  });
  return { ...ended, paid, told: JSON.stringify(model.calls.at(-1)?.request.messages) };
}

const kinds = (timeline: readonly TimelineEvent[]) => timeline.map(({ kind }) => kind);
const outcomes = (timeline: readonly TimelineEvent[]) =>
  timeline.flatMap((event) => (event.kind === 'tool' ? [event.outcome] : []));

describe('a tool call', () => {
  test('read: is carried out without asking, and its result goes to the agent', async () => {
    const script = { ann: [calls('look', {}), { content: 'done' }] };
    const { result, told, timeline } = await runWith({ script });
    expect(result).toBe('done');
    expect(told).toContain('seen');
    expect(kinds(timeline)).not.toContain('asked');
  });

  test('approve: the action takes place once, with the arguments that were shown', async () => {
    const { result, paid, timeline } = await runWith({ decide: inOrder(decision('approve')) });
    expect(result).toBe('done');
    expect(paid).toEqual([500]);
    expect(outcomes(timeline)).toEqual(['done']);
  });

  test('reject: nothing takes place, and the agent reads why', async () => {
    const decide = inOrder(decision('reject', 'eve', { reason: 'too much' }));
    const { result, paid, told } = await runWith({ decide });
    expect(result).toBe('done');
    expect(paid).toEqual([]);
    expect(told).toContain('too much');
  });

  test('P4 edit: makes a new revision, and the approval covers the new arguments', async () => {
    const decide = inOrder(decision('edit', 'eve', { args: { cents: 100 } }), decision('approve'));
    const { paid, timeline } = await runWith({ decide });
    expect(paid).toEqual([100]);
    expect(kinds(timeline).filter((kind) => kind === 'edited' || kind === 'decided')).toEqual([
      'edited',
      'decided',
    ]);
  });

  test('P4 abort: ends the whole run, and nothing takes place', async () => {
    const { error, paid } = await runWith({ decide: inOrder(decision('abort', 'eve', { reason: 'stop' })) });
    expect(error?.code).toBe('ABORTED');
    expect(paid).toEqual([]);
  });

  test('D1 unknown outcome: a person is asked whether it took place, and it is not repeated', async () => {
    const decide = inOrder(decision('approve'), decision('was-done'));
    const { result, paid, timeline } = await runWith({ decide }, () => {
      throw new Error('the connection broke');
    });
    expect(result).toBe('done');
    expect(paid).toEqual([500]);
    expect(outcomes(timeline)).toEqual(['unknown-outcome']);
  });

  test('not done: a tool that reports that nothing happened has failed, and nobody is asked', async () => {
    const { paid, timeline } = await runWith({ decide: inOrder(decision('approve')) }, () => {
      throw new NotDone('no money');
    });
    expect(paid).toEqual([500]);
    expect(outcomes(timeline)).toEqual(['failed']);
  });
});

describe('a request', () => {
  const strictly = true as const;

  test('P5 quorum: the call runs when the second of two different people approves', async () => {
    const votes = [decision('approve', 'eve'), decision('approve', 'max')];
    const { paid, timeline } = await runWith({ strictly, decide: inOrder(...votes) });
    expect(paid).toEqual([500]);
    expect(kinds(timeline).filter((kind) => kind === 'voted' || kind === 'decided')).toEqual([
      'voted',
      'decided',
    ]);
  });

  test('P5 quorum: one person twice is one', async () => {
    const votes = [decision('approve', 'eve'), decision('approve', 'eve')];
    await expect(runWith({ strictly, decide: inOrder(...votes) })).rejects.toMatchObject({
      type: 'ALREADY_DECIDED',
    });
  });

  test('P5 veto: one rejection is enough', async () => {
    const votes = [decision('approve', 'eve'), decision('reject', 'max', { reason: 'no' })];
    expect((await runWith({ strictly, decide: inOrder(...votes) })).paid).toEqual([]);
  });

  test('P4 edit: earlier votes lapse', async () => {
    const votes = [
      decision('approve', 'eve'),
      decision('edit', 'max', { args: { cents: 100 } }),
      decision('approve', 'max'),
      decision('approve', 'eve'),
    ];
    const { paid, timeline } = await runWith({ strictly, decide: inOrder(...votes) });
    expect(paid).toEqual([100]);
    expect(kinds(timeline).filter((kind) => kind === 'voted')).toHaveLength(2);
  });

  test('claim: names the person who claims the request, decides nothing, and others may decide', async () => {
    const votes = [decision('claim', 'max'), decision('approve', 'eve'), decision('approve', 'max')];
    const { paid, timeline } = await runWith({ strictly, decide: inOrder(...votes) });
    expect(paid).toEqual([500]);
    expect(kinds(timeline)).toContain('claimed');
  });

  test('P6 expiry: people are reminded, then the deadline ends it, and nothing takes place', async () => {
    const { paid, error, timeline } = await runWith({ strictly });
    expect(error?.code).toBe('APPROVAL_EXPIRED');
    expect(paid).toEqual([]);
    expect(kinds(timeline).filter((kind) => kind === 'reminded').length).toBeGreaterThan(1);
    expect(kinds(timeline)).toContain('expired');
  });

  test('P5 stale: a decision on the arguments before an edit is refused', async () => {
    let refused: unknown;
    const decide: Decide = (pending, run) => {
      const [request] = pending;
      if (request === undefined || refused !== undefined) return [];
      const shown = { request: request.id, digest: request.digest ?? '', revision: 1 };
      run.update({ ...shown, option: 'edit', by: 'eve', args: { cents: 100 } });
      try {
        run.update({ ...shown, option: 'approve', by: 'eve' });
      } catch (error) {
        refused = error;
      }
      return [{ request: request.id, option: 'reject', by: 'eve', reason: 'enough', ...digestOf(run) }];
    };
    const digestOf = (run: Parameters<Decide>[1]): Record<string, Json> => {
      const [now] = run.query<{ digest?: string; revision: number }[]>('pending');
      return { digest: now?.digest ?? '', revision: now?.revision ?? 0 };
    };
    expect((await runWith({ decide })).paid).toEqual([]);
    expect(refused).toMatchObject({ type: 'REQUEST_CHANGED' });
  });
});
