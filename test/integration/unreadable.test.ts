/** Anybody who may start a workflow can have anything stand in its memo and its answers: nobody else's view is taken away. */
import { expect, test } from 'vitest';
import { NO_COLORS } from '../../src/cli/terminal/palette.js';
import { formatRuns } from '../../src/cli/commands/list.js';
import { renderInboxPage } from '../../src/cli/pages/inbox-page.js';
import { answerTo, talkOf } from '../../src/client/conversations/conversation.js';
import { graphStates } from '../../src/client/graphs/graph-states.js';
import { readInbox } from '../../src/client/requests/inbox.js';
import { readTimeline } from '../../src/client/runs/read-told.js';
import { readStory } from '../../src/client/story/story.js';
import { listRuns } from '../../src/client/runs/list-runs.js';
import { QUERIES } from '../../src/contracts/wire/wire.js';
import { openPage } from '../fixtures/open-page.js';
import { honestRequest, shownRun } from '../fixtures/shown-run.js';

const summary = { id: 'pays-1/0123', reason: 'no-reason', question: 7, options: null };

test.each([
  ['nothing', { pending: [null] }],
  ['no list', { pending: 'x' }],
  ['a text', 'memo'],
  ['an invalid request', { pending: [summary], more: 0 }],
  ['a count that is none', { pending: [], more: -1 }],
  ['more than anybody reads', { pending: Array.from({ length: 1_000 }, () => summary) }],
])('memo: it is one unreadable run, and takes no list away, when %s stands there', async (_what, memo) => {
  const { client } = shownRun(honestRequest(), false, { memo });
  const inbox = await readInbox(client);
  expect(inbox).toEqual({ requests: [], unnamed: [], unreadable: ['pays-1'], stuck: [] });
  const runs = await listRuns(client);
  expect(runs).toMatchObject([{ workflowId: 'pays-1', pending: [], unreadable: true }]);
  expect(formatRuns(runs, { tableWidth: 200, palette: NO_COLORS }, undefined).join('\n')).toContain(
    'pays-1: its details cannot be read',
  );
  const lines = renderInboxPage(inbox, { width: 200, palette: NO_COLORS, now: 0 }).join('\n');
  expect(lines).toContain('pays-1 waits for a person, and its details cannot be read');
  expect(lines).toContain('show pays-1');
  const page = openPage(client);
  const answer = await page.get('/');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/pays-1<\/a> waits for a person, and its details cannot be read/);
});

test('memo: a run cannot describe the request of another run, in its memo or its answer', async () => {
  const foreign = honestRequest({ id: 'lunch-1/0123456789abcdef01234567', question: 'Order lunch?' });
  for (const worker of [false, true]) {
    const { client } = shownRun(foreign, worker);
    const inbox = await readInbox(client);
    expect(inbox).toMatchObject({ requests: [], unreadable: ['pays-1'] });
  }
  const { client } = shownRun(foreign, true);
  expect((await readStory(client, 'pays-1')).pending).toEqual([]);
});

test('memo: what the run answers is listed when its memo is none', async () => {
  const { client } = shownRun(honestRequest(), true, { memo: null });
  expect((await readInbox(client)).unreadable).toEqual([]);
  const { client: other } = shownRun(honestRequest(), true, { memo: { pending: [null] } });
  expect((await readInbox(other)).requests).toMatchObject([{ id: honestRequest().id }]);
});

test.each(['__proto__', 'constructor', 'toString'])('page: there is no asset %s', async (name) => {
  const { client } = shownRun(honestRequest());
  expect((await openPage(client).get(`/assets/${name}`)).status).toBe(404);
});

test.each([
  ['view', { [QUERIES.view]: { owner: null, pending: [null] } }],
  ['timeline', { [QUERIES.timeline]: [null, { kind: 'asked' }, { at: 'now', kind: 'made-up', path: 1 }] }],
  ['timeline as a text', { [QUERIES.timeline]: 'all is well' }],
  ['pending', { [QUERIES.pending]: [null, { id: honestRequest().id, options: [{}] }] }],
])(
  'page: the request is shown as well as it is known when the answer to %s is none',
  async (_name, answers) => {
    const request = honestRequest();
    const { client } = shownRun(request, true, { answers });
    const answer = await openPage(client).get(`/request?id=${encodeURIComponent(request.id)}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('May cashier carry out pay?');
  },
);

test.each([
  ['null', null],
  ['a text', 'all is well'],
  ['turns that are none', { v: 1, state: 'open', active: 'front', turns: 1, answered: 1, recent: [null] }],
])('talk: nobody waits for ever, and nothing is shown, when the answer is %s', async (_what, answer) => {
  const { client } = shownRun(honestRequest(), true, { answers: { talk: answer, states: answer } });
  await expect(talkOf(client, 'pays-1')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(answerTo(client, 'pays-1', { turn: 1 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(graphStates(client, 'pays-1')).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('timeline: an unreadable event becomes a note', () => {
  const event = { at: '2026-01-01T12:00:00.000Z', path: '', kind: 'note', text: 'begun' };
  expect(readTimeline([event, { kind: 'asked', at: '2026-01-01T12:00:01.000Z' }, null])).toMatchObject([
    event,
    { at: '2026-01-01T12:00:01.000Z', kind: 'note', text: expect.stringContaining('cannot be read') },
    { at: '2026-01-01T12:00:01.000Z', kind: 'note' },
  ]);
});

test('page: the name of a run is shown to the last character, invisible ones included', async () => {
  const request = honestRequest({
    question: 'Pay \u202ealice\u200b?',
    askedBy: 'a\u3164',
    path: 'pay\u2066-0',
  });
  const { client } = shownRun(request);
  const page = openPage(client);
  const shown = await (await page.get(`/request?id=${encodeURIComponent(request.id)}`)).text();
  expect(shown).toContain('<code>pay\\u2066-0</code>');
  for (const path of ['/', `/request?id=${encodeURIComponent(request.id)}`]) {
    const text = await (await page.get(path)).text();
    expect(text).toContain('\\u202ealice\\u200b?');
    expect(text).toContain('a\\u3164');
    expect(text).not.toMatch(/[\u202e\u200b\u3164]/);
  }
});
