/**
 * The requests to a provider over HTTP, by real runs on a real server: an exact number of requests, each with all
 * the declared fields of its agent, and nothing that other agents received or said.
 */
import { describe, expect, test } from 'vitest';
import { digest, handoffCall, type Json } from '@batonhq/baton';
import { withSupport, type SupportDesk } from '../fixtures/support/desk.js';

const TICKET = {
  id: 'T-1',
  text: 'Where is my kettle? INPUT-CANARY',
  attachments: [{ name: 'invoice.pdf', pages: 2 }],
  from: { customer: 'ada', since: null },
};
const CLASSIFIED = { category: 'delivery', urgent: true, summary: 'A kettle is late. OUTPUT-CANARY' };
const CANARIES = ['INPUT-CANARY', 'OUTPUT-CANARY', 'TOOL-CANARY'];
const SAID = {
  task: { goal: 'Tell ada when it comes.', expected: 'A letter.', acceptance: ['it names a day'] },
  summary: {
    done: ['looked it up'],
    decisions: [{ decision: 'no refund', reason: 'it is only late' }],
    answered: [{ question: 'Is it paid?', answer: 'Yes.' }],
    open: ['the day'],
    needToKnow: ['it is a kettle'],
  },
};
/** A part of a payload as its receiver must name it. */
const version = (name: string, value: Json): string => `${name}@${digest(value).slice(0, 8)}`;
const classified = { content: JSON.stringify(CLASSIFIED) };
const lookUpCall = (id: string, order: string) => ({ id, name: 'look_up', arguments: { order } });

const CLERK_SYSTEM = [
  'You are a clerk of a mail-order house. Your name is clerk.',
  'Your goal: Classify tickets.',
  'Look up what you do not know.\nNever guess.',
  'Your final answer must be one JSON value that fits the schema, and nothing else.',
].join('\n\n');

const LOOK_UP = {
  type: 'function',
  function: {
    name: 'look_up',
    description: 'Finds an order.',
    parameters: {
      type: 'object',
      properties: {
        order: { type: 'string', description: 'Its number.' },
        year: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      },
      required: ['order'],
      additionalProperties: false,
    },
  },
};

const CLASSIFICATION_FORMAT = {
  type: 'json_schema',
  json_schema: {
    name: 'clerk',
    strict: true,
    schema: {
      type: 'object',
      properties: {
        category: {
          type: 'string',
          enum: ['refund', 'delivery', 'other'],
          description: 'What it is about.',
        },
        urgent: { type: 'boolean' },
        summary: { type: 'string', description: 'In one sentence.' },
      },
      required: ['category', 'urgent', 'summary'],
      additionalProperties: false,
    },
  },
};

/** The whole body of the clerk's first request. */
const CLERK_REQUEST = {
  model: 'm-careful',
  temperature: 0.2,
  messages: [
    { role: 'system', content: CLERK_SYSTEM },
    { role: 'user', content: JSON.stringify(TICKET, null, 2) },
  ],
  tools: [LOOK_UP],
  response_format: CLASSIFICATION_FORMAT,
};

const counts = (desk: SupportDesk): Record<string, number> => ({
  clerk: desk.bodies('clerk').length,
  scribe: desk.bodies('scribe').length,
  auditor: desk.bodies('auditor').length,
});

function messagesOf(body: { [key: string]: Json } | undefined): { role: string; content: string }[] {
  return body?.['messages'] as { role: string; content: string }[];
}

/** The words of other agents that stand in requests. */
function leaks(bodies: readonly unknown[], canaries: readonly string[]): string[] {
  return canaries.filter((canary) => JSON.stringify(bodies).includes(canary));
}

describe('a request to a provider', () => {
  test('provider: holds every declared field of its agent and its task, and no field besides', async () => {
    await withSupport({ clerk: [classified] }, async (desk) => {
      expect(await (await desk.start('classified', TICKET)).result()).toEqual(CLASSIFIED);
      expect(desk.requests.map(({ body }) => body)).toEqual([CLERK_REQUEST]);
      expect(desk.requests[0]?.path).toBe('/v1/chat/completions');
      expect(desk.requests[0]?.headers.authorization).toBe('Bearer sk-test');
    });
  });

  test('provider: an agent without role, tools, output or temperature sends none of them', async () => {
    await withSupport({ scribe: [{ content: 'Dear ada' }], auditor: [{ content: 'kept' }] }, async (desk) => {
      await (await desk.start('siblings', ['late'])).result();
      expect(desk.requests.map(({ body }) => body)).toEqual([
        {
          model: 'm-plain',
          messages: [
            { role: 'system', content: 'You are scribe.\n\nYour goal: Write letters.' },
            { role: 'user', content: JSON.stringify({ tone: 'warm', points: ['late'] }, null, 2) },
          ],
        },
        {
          model: 'm-plain',
          messages: [
            { role: 'system', content: 'You are auditor.\n\nYour goal: Watch over procedures.' },
            { role: 'user', content: 'Are 1 letters enough?' },
          ],
        },
      ]);
    });
  });
});

describe('requests of a run', () => {
  test('provider: a chain of delegations is one request each, and each holds its own input only', async () => {
    const script = {
      clerk: [classified],
      scribe: [{ content: 'Dear ada, LETTER-CANARY' }],
      auditor: [{ content: 'kept' }],
    };
    await withSupport(script, async (desk) => {
      const result = await (await desk.start('chained', TICKET)).result();
      expect(result).toEqual({ letter: 'Dear ada, LETTER-CANARY', remark: 'kept' });
      expect(counts(desk)).toEqual({ clerk: 1, scribe: 1, auditor: 1 });
      expect(messagesOf(desk.bodies('scribe')[0]).at(-1)?.content).toBe(
        JSON.stringify({ tone: 'plain', points: ['delivery'] }, null, 2),
      );
      expect(leaks(desk.bodies('clerk'), CANARIES)).toEqual(['INPUT-CANARY']);
      expect(leaks(desk.bodies('scribe'), CANARIES)).toEqual([]);
      expect(leaks(desk.bodies('auditor'), [...CANARIES, 'LETTER-CANARY', 'delivery'])).toEqual([]);
    });
  });

  test('provider: parallel siblings are one request each, none with the input or output of another', async () => {
    const points = ['POINT-0', 'POINT-1', 'POINT-2', 'POINT-3'];
    const scribe = points.map((_point, index) => ({ content: `LETTER-${index}` }));
    await withSupport({ scribe, auditor: [{ content: 'kept' }] }, async (desk) => {
      const letters = (await (await desk.start('siblings', points)).result()) as string[];
      expect(letters.toSorted()).toEqual(scribe.map(({ content }) => content));
      expect(counts(desk)).toEqual({ clerk: 0, scribe: 4, auditor: 1 });
      const given = desk.bodies('scribe').map((body) => leaks([body], points));
      expect(given.flat().toSorted()).toEqual(points);
      expect(given.every((own) => own.length === 1)).toBe(true);
      expect(
        leaks(
          desk.requests.map(({ body }) => body),
          scribe.map(({ content }) => content),
        ),
      ).toEqual([]);
      expect(leaks(desk.bodies('auditor'), points)).toEqual([]);
    });
  });

  test('provider: a handoff by code is one request of the receiver, and names the previous owner', async () => {
    await withSupport({ clerk: [classified], scribe: [{ content: 'Dear ada' }] }, async (desk) => {
      expect(await (await desk.start('handedOff', TICKET)).result()).toBe('Dear ada');
      expect(counts(desk)).toEqual({ clerk: 1, scribe: 1, auditor: 0 });
      expect(messagesOf(desk.bodies('scribe')[0])).toEqual([
        { role: 'system', content: 'You are scribe.\n\nYour goal: Write letters.' },
        {
          role: 'user',
          content: `You take over from handedOff. Your task:\n\n${JSON.stringify({ tone: 'warm', points: ['delivery'] }, null, 2)}`,
        },
      ]);
      expect(leaks(desk.bodies('scribe'), CANARIES)).toEqual([]);
    });
  });

  test('provider: a handoff of an agent’s own is offered as a tool, and the receiver gets the payload alone', async () => {
    const payload = { tone: 'plain', points: ['It comes tomorrow.'] };
    const script = {
      clerk: [
        {
          toolCalls: [
            { id: 'h', name: 'transfer_to_scribe', arguments: handoffCall('scribe', payload, SAID).args },
          ],
        },
      ],
      scribe: [{ content: 'Dear ada' }],
    };
    await withSupport(script, async (desk) => {
      expect(await (await desk.start('ownHandoff', TICKET)).result()).toBe('Dear ada');
      expect(counts(desk)).toEqual({ clerk: 1, scribe: 1, auditor: 0 });
      const [asked] = desk.bodies('clerk');
      expect(asked?.['tools']).toEqual([
        LOOK_UP,
        {
          type: 'function',
          function: {
            name: 'transfer_to_scribe',
            description:
              'Hands the task off to scribe: Write letters. Use it when: a letter is all that is needed',
            parameters: expect.objectContaining({
              required: ['task', 'summary', 'payload'],
              properties: expect.objectContaining({
                payload: {
                  type: 'object',
                  properties: {
                    tone: { type: 'string', enum: ['warm', 'plain'] },
                    points: { type: 'array', items: { type: 'string' } },
                  },
                  required: ['tone', 'points'],
                  additionalProperties: false,
                },
              }),
            }),
          },
        },
      ]);
      expect(messagesOf(asked)[0]?.content).toContain(
        'You may hand the task off to scribe (Write letters.) with transfer_to_scribe. When: a letter is all that is needed',
      );
      expect(messagesOf(desk.bodies('scribe')[0]).at(-1)?.content).toBe(
        [
          'You take over from clerk.',
          'Goal: Tell ada when it comes.\nExpected: A letter.\nAccepted when:\n- it names a day',
          `Handed off:\n${JSON.stringify(payload)}`,
          `Required items (name each one when you accept): ${version('tone', payload.tone)}, ${version('points', payload.points)}`,
          'Already done (do not repeat):\n- looked it up',
          'Decided (do not change):\n- no refund (it is only late)',
          'Answered (do not ask again):\n- "Is it paid?": "Yes.", as the sender tells',
          'Facts to know:\n- it is a kettle',
          'Open points:\n- the day',
        ].join('\n\n'),
      );
      expect(leaks(desk.bodies('scribe'), CANARIES)).toEqual([]);
    });
  });

  test('provider: a tool loop is one request a turn, each with the whole talk before it', async () => {
    const script = {
      clerk: [
        { toolCalls: [lookUpCall('a', '17'), lookUpCall('b', '18')] },
        { toolCalls: [lookUpCall('c', '19')] },
        classified,
      ],
    };
    await withSupport(script, async (desk) => {
      expect(await (await desk.start('classified', TICKET)).result()).toEqual(CLASSIFIED);
      const said = (...calls: [id: string, order: string][]) => ({
        role: 'assistant',
        content: null,
        tool_calls: calls.map(([id, order]) => ({
          id,
          type: 'function',
          function: { name: 'look_up', arguments: JSON.stringify({ order }) },
        })),
      });
      const found = (id: string, order: string) => ({
        role: 'tool',
        tool_call_id: id,
        content: `order ${order}: TOOL-CANARY`,
      });
      const second = [said(['a', '17'], ['b', '18']), found('a', '17'), found('b', '18')];
      const third = [said(['c', '19']), found('c', '19')];
      const body = (...more: object[]) => ({
        ...CLERK_REQUEST,
        messages: [...CLERK_REQUEST.messages, ...more],
      });
      expect(desk.bodies('clerk')).toEqual([body(), body(...second), body(...second, ...third)]);
      expect(desk.requests).toHaveLength(3);
    });
  });

  test('provider: a repair turn is one request more, with the answer and what was wrong with it', async () => {
    const wrong = JSON.stringify({ ...CLASSIFIED, category: 'weather' });
    await withSupport({ clerk: [{ content: wrong }, classified] }, async (desk) => {
      expect(await (await desk.start('classified', TICKET)).result()).toEqual(CLASSIFIED);
      expect(desk.requests).toHaveLength(2);
      expect(desk.bodies('clerk')[1]).toEqual({
        ...CLERK_REQUEST,
        messages: [
          ...CLERK_REQUEST.messages,
          { role: 'assistant', content: wrong },
          {
            role: 'user',
            content:
              'Your answer does not fit the schema.\ncategory: Invalid option: expected one of "refund"|"delivery"|"other"',
          },
        ],
      });
    });
  });
});
