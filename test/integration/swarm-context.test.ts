/** Settled facts and an agent's own messages stay known in a conversation while other agents own it. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { answerTo, decide, say } from '@batonhq/baton/client';
import { handoffCall, type Json } from '@batonhq/baton';
import { scriptedModel } from '@batonhq/baton/testing';
import type { ModelRequest } from '@batonhq/baton/worker';
import { conversationProblem } from '../fixtures/provider-conversation.js';
import { toChatMessages } from '../../src/models/openai/conversation.js';
import { firstRequest, until, withDesk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/swarm-context-workflows.ts', import.meta.url));

/** The last input of an agent: the user's message, or the handed off text. */
const lastSaid = ({ messages }: ModelRequest): string =>
  messages.findLast((message) => message.role === 'user' && ['person', 'task'].includes(message.source))
    ?.content ?? '';

/** Hands off to the agent that stands after its name in `path ann bob`, with something decided, answered and named. */
const follow = (name: string) => (request: ModelRequest) => {
  const path = /path ([a-z ]+)/.exec(lastSaid(request))?.[1]?.trim().split(' ') ?? [];
  const to = path[path.indexOf(name) + 1];
  if (to === undefined || !path.includes(name)) return { content: `${name} has it` };
  const summary = {
    decisions: [{ decision: `${name} decided`, reason: 'so it is' }],
    answered: [{ question: `${name} asked?`, answer: `${name} was told` }],
    needToKnow: [`${name} names it`],
  };
  const rest = path.slice(path.indexOf(name) + 1).join(' ');
  return { toolCalls: [handoffCall(to, { text: `path ${rest}` }, { summary })] };
};

const following = () =>
  scriptedModel({
    ...Object.fromEntries(['ann', 'bob', 'cleo', 'lab', 'blind'].map((name) => [name, follow(name)])),
    '@summary': () => ({ content: 'They have spoken.' }),
  });

/** As a provider would say it. */
const problemIn = (request: ModelRequest): string | undefined =>
  conversationProblem(JSON.parse(JSON.stringify(toChatMessages(request))) as Json);

interface Told {
  readonly agent: string;
  /** The last task message that the agent was sent. */
  readonly task: string;
  /** All that it was sent. */
  readonly all: string;
}

/** Plays a conversation, and gives what the agent who has control in the end was sent. */
async function play(workflow: string, said: readonly string[]): Promise<Told> {
  const model = following();
  return withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start(workflow, null);
    const handle = desk.client.workflow.getHandle(run.workflowId);
    for (const text of said) {
      const ticket = await say(desk.client, run.workflowId, text);
      const boss = text.includes('boss');
      if (boss) {
        const { id } = await firstRequest(handle);
        await decide(desk.client, { request: id, option: 'answer', answer: 'So be it.', by: 'zoe' });
      }
      const answer = await answerTo(desk.client, run.workflowId, ticket);
      if (!text.includes('fail')) expect(answer).not.toHaveProperty('error');
    }
    await handle.signal('end-talk');
    await until(async () => (await handle.describe()).status.name === 'COMPLETED');
    const last = model.calls.at(-1);
    const messages = last?.request.messages ?? [];
    for (const { request } of model.calls) expect(problemIn(request)).toBeUndefined();
    const task = messages.findLast((each) => each.role === 'user' && each.source === 'task');
    return { agent: last?.agent ?? '', task: task?.content ?? '', all: JSON.stringify(messages) };
  });
}

const settledBy = (name: string): string[] => [
  `${name} decided (so it is)`,
  `"${name} asked?": "${name} was told", as the sender tells`,
  `${name} names it`,
];

describe('what is settled', () => {
  test.each([
    ['in one message', 'circle', ['path ann bob cleo']],
    ['with a message between each', 'circle', ['hello', 'path ann bob', 'hello', 'path bob cleo']],
    ['over executions', 'hastyCircle', ['hello', 'path ann bob', 'hello', 'path bob cleo']],
    [
      'where the receiver between is not shown it',
      'circle',
      ['path ann bob', 'path bob blind', 'hello', 'path blind cleo'],
    ],
    [
      'where it is not shown it, over executions',
      'hastyCircle',
      ['path ann bob', 'path bob blind', 'hello', 'path blind cleo'],
    ],
    ['past a person', 'circle', ['path ann bob', 'path bob boss', 'hello', 'path bob cleo']],
  ])(
    'swarm: a third agent reads what the first decided, was answered and named when control moves %s',
    async (_how, workflow, said) => {
      const { agent, task } = await play(workflow, said);
      expect(agent).toBe('cleo');
      for (const settled of [...settledBy('ann'), ...settledBy('bob')]) expect(task).toContain(settled);
    },
  );

  test('swarm: a child agent reads it, and passes it on when a message comes between', async () => {
    const said = ['path ann bob', 'hello', 'path bob lab', 'hello', 'path lab cleo'];
    const { agent, task } = await play('circle', said);
    expect(agent).toBe('cleo');
    for (const name of ['ann', 'bob', 'lab'])
      for (const settled of settledBy(name)) expect(task).toContain(settled);
  });

  test.each([['circle'], ['hastyCircle']])(
    'swarm %s: control returns to the agent it came from, and moves to the next one, over several messages',
    async (workflow) => {
      const back = await play(workflow, ['path ann bob', 'hello', 'path bob ann']);
      expect(back.agent).toBe('ann');
      for (const settled of [...settledBy('ann'), ...settledBy('bob')]) expect(back.task).toContain(settled);
      const on = await play(workflow, ['path ann bob', 'hello', 'path bob ann', 'hello', 'path ann cleo']);
      expect(on.agent).toBe('cleo');
      for (const settled of settledBy('bob')) expect(on.task).toContain(settled);
    },
  );
});

describe("an agent's own earlier messages", () => {
  const nuts = 'I am allergic to nuts.';
  test.each([
    ['after two messages to another', 'circle', ['path ann bob', 'My cat is grey.', 'path bob ann']],
    ['over executions', 'hastyCircle', ['path ann bob', 'My cat is grey.', 'path bob ann']],
    ['from a third agent', 'circle', ['path ann bob', 'path bob cleo', 'My cat is grey.', 'path cleo ann']],
    ['from a child agent', 'circle', ['path ann lab', 'My cat is grey.', 'path lab ann']],
    ['and the message fails', 'circle', ['path ann bob', 'My cat is grey.', 'path bob ann fail', 'hello']],
    [
      'a second time',
      'circle',
      ['path ann bob', 'path bob ann', 'path ann bob', 'My cat is grey.', 'path bob ann'],
    ],
  ])(
    'swarm: an agent continues with them, and with the messages since then, when control comes back %s',
    async (_when, workflow, said) => {
      const { agent, all } = await play(workflow, [nuts, ...said]);
      expect(agent).toBe('ann');
      expect(all).toContain(nuts);
      expect(all).toContain('My cat is grey.');
    },
  );

  test('swarm: an agent continues with them when control comes back within one message', async () => {
    const { agent, all } = await play('circle', [nuts, 'path ann bob ann']);
    expect(agent).toBe('ann');
    expect(all).toContain(nuts);
  });

  test('swarm: a child agent continues with them when control comes back', async () => {
    const { agent, all } = await play('circle', [
      'path ann lab',
      nuts,
      'path lab ann',
      'hello',
      'path ann lab',
    ]);
    expect(agent).toBe('lab');
    expect(all).toContain(nuts);
  });

  test('swarm: an agent starts again with a summary and its newest messages when its conversation has grown too long', async () => {
    const long = `path ann bob. ${'word '.repeat(400)}`;
    const { agent, all } = await play('forgetfulCircle', [nuts, long, 'path bob ann']);
    expect(agent).toBe('ann');
    expect(all).toContain('A summary of your own conversation before');
    expect(all).toContain('Your own conversation before');
    expect(all).toContain('They have spoken.');
    expect(all).not.toContain('word word');
  });
});
