/**
 * A hostile run names "approve" as "Reject" and the reverse. Every client shows Baton's own labels and effects of
 * Baton's options, and reports the decision that was sent.
 */
import * as prompts from '@clack/prompts';
import { expect, test, vi } from 'vitest';
import type { ApprovalRequest } from '@batonhq/baton';
import { askInTerminal } from '../../src/cli/decisions/ask-in-terminal.js';
import { renderRequestCard } from '../../src/cli/pages/request-card.js';
import { NO_COLORS } from '../../src/cli/terminal/palette.js';
import { toBinding } from '../../src/client/deciding/binding.js';
import { decideShown } from '../../src/client/deciding/deciding-session.js';
import { fromRequest, fromSummary } from '../../src/client/requests/waiting-request.js';
import { summarizeRequest } from '../../src/contracts/requests/request-summary.js';
import { createOfferIn } from '../../src/contracts/requests/option-wordings.js';
import { digestAction, digestRequest } from '../../src/contracts/proof/root.js';
import { renderOptionForms } from '../../src/inbox/pages/option-forms.js';
import { renderRequestPage } from '../../src/inbox/pages/request-page.js';
import type { RequestView } from '../../src/inbox/pages/request-view.js';
import { honestRequest, shownRun } from '../fixtures/shown-run.js';

vi.mock('@clack/prompts', { spy: true });

const swapped: ApprovalRequest['options'] = [
  { id: 'approve', label: 'Reject', consequence: 'Nothing is paid.', means: 'reject' },
  { id: 'reject', label: 'Approve', consequence: 'It is paid.', means: 'approve' },
];
const review = {
  id: 'approve-with-review',
  label: 'Approve, review later',
  consequence: 'It is paid, and looked at in May.',
  means: 'approve' as const,
};
const ADDED = 'The run adds: “Reject. Nothing is paid.”';

function viewOf(request: ApprovalRequest): RequestView {
  const facts = {
    workflowId: 'pays-1',
    runId: 'first',
    firstExecutionRunId: 'first',
    run: request.run,
    open: true,
  };
  const view = { request: fromRequest(request), facts, csrf: 'x', visitor: 'ada', signs: true };
  return { ...view, binding: 'matches', story: undefined, command: 'baton' };
}

test('option: the card names Baton’s own options itself, and marks what the run adds, when the run swaps them', () => {
  const request = fromRequest(honestRequest({ options: swapped }));
  const card = renderRequestCard(request, { width: 200, palette: NO_COLORS }).join('\n');
  expect(card).toContain(`approve  The action is approved with exactly these arguments. ${ADDED}`);
  expect(card).toMatch(
    /reject +The request is rejected\. The run gets your reason\. The run adds: “Approve\. It is paid\.”/,
  );
});

test('option: the page names Baton’s own options itself, in its own tones, when the run swaps them', async () => {
  const page = `${await renderOptionForms(viewOf(honestRequest({ options: swapped })))}`;
  expect(page).toMatch(/class="option yes"\s+data-option="approve"/);
  expect(page).toMatch(/class="option no"\s+data-option="reject"/);
  expect(page).toMatch(/data-option="approve"[^]*?<strong>Approve<\/strong>[^]*?value="decide">\s+Approve\s/);
  expect(page).toContain(ADDED);
});

test('option: the terminal offers Baton’s own options by their names when the run swaps them', async () => {
  const offered: (string | undefined)[] = [];
  vi.mocked(prompts.select).mockImplementation(({ options }) => {
    offered.push(...options.map(({ label }) => label));
    return Promise.resolve(options.at(-1)?.value);
  });
  const request = fromRequest(honestRequest({ options: [...swapped, review] }));
  await askInTerminal(request, new AbortController().signal);
  expect(offered).toEqual([
    'Approve',
    'Reject',
    'approve-with-review: Approve, review later (the run’s words, counts as approve)',
    'Decide later',
  ]);
});

const CARRIED: readonly (readonly [option: string, typed: string, answer: object])[] = [
  ['edit', '{"to":"bob","cents":2}', { option: 'edit', args: { to: 'bob', cents: 2 } }],
  ['ask-back', 'Why so much?', { option: 'ask-back', questions: ['Why so much?'] }],
  ['redirect', 'bob', { option: 'redirect', to: 'bob' }],
  ['answer', '42', { option: 'answer', answer: '42' }],
  ['retry', '', { option: 'retry' }],
  ['retry', 'Ask first.', { option: 'retry', reason: 'Ask first.' }],
];

test.each(CARRIED)(
  'option: the terminal asks for what “%s” carries, here “%s”',
  async (id, typed, answer) => {
    vi.stubEnv('VISUAL', '').stubEnv('EDITOR', '');
    vi.mocked(prompts.select).mockImplementation(({ message }) =>
      Promise.resolve(message === 'Your decision' ? id : typed),
    );
    vi.mocked(prompts.text).mockImplementation(({ validate }) => {
      expect(typeof validate === 'function' ? validate(typed) : 'no check').toBeUndefined();
      return Promise.resolve(typed);
    });
    const options = [{ id, label: id, consequence: '' }];
    const request = fromRequest(honestRequest({ options, redirectTo: ['bob'] }));
    expect(await askInTerminal(request, new AbortController().signal)).toEqual(answer);
    vi.unstubAllEnvs();
  },
);

test('option: the terminal offers no edit of arguments that it knows in part, and no receiver when none is named', async () => {
  const offered: unknown[] = [];
  vi.mocked(prompts.select).mockImplementation(({ options }) => {
    offered.push(...options.map(({ value }) => value));
    return Promise.resolve(options.at(-1)?.value);
  });
  const options = ['approve', 'edit', 'redirect'].map((id) => ({ id, label: id, consequence: '' }));
  const request = fromSummary(summarizeRequest(honestRequest({ options })));
  expect(await askInTerminal(request, new AbortController().signal)).toBe('later');
  expect(offered.slice(0, -1)).toEqual(['approve']);
});

test('option: Baton’s own wordings show as Baton’s, and never turn an approval into a rejection, when a run offers them', () => {
  const tool = 'pay';
  const options = [
    createOfferIn('approve', 'keyed', { tool }),
    createOfferIn('reject', 'tool'),
    createOfferIn('redirect', 'listed', { redirectTo: ['bob'] }),
  ];
  const shown = fromRequest(honestRequest({ options, redirectTo: ['bob'] })).options;
  expect(shown).toEqual(options);
  // Options of another place still name the released action, under the option's own name.
  const elsewhere = [createOfferIn('approve', 'graph'), createOfferIn('approve', 'keyed', { tool: 'look' })];
  expect(fromRequest(honestRequest({ options: elsewhere })).options).toMatchObject([
    { label: 'Approve', consequence: expect.stringMatching(/^The action is approved with exactly these/) },
    { label: 'Approve', added: expect.stringContaining('look runs once') },
  ]);
  const swapped = [{ ...createOfferIn('reject', 'tool'), id: 'approve' }];
  expect(fromRequest(honestRequest({ options: swapped })).options).toMatchObject([
    { label: 'Approve', added: expect.stringContaining('The action does not run') },
  ]);
});

test('option: one that is declared is marked as the run’s, and counts as it says, when it is shown', async () => {
  const request = honestRequest({ options: [...swapped, review] });
  const card = renderRequestCard(fromRequest(request), { width: 200, palette: NO_COLORS }).join('\n');
  const words = 'It is paid, and looked at in May. (in the run’s own words; it counts as "Approve")';
  expect(card).toContain(`approve-with-review  Approve, review later. ${words}`);
  const page = `${await renderRequestPage(viewOf(request), { visitor: undefined })}`;
  expect(page).toContain(words.replaceAll('"', '&quot;'));
  expect(page).toMatch(/data-declared[^]*data-part="id"[^]*approve-with-review[^]*looked at in May/);
});

test.each([
  ['label', { ...review, label: 'Reject' }],
  ['consequence', { ...review, consequence: 'Nothing is paid.' }],
  ['meaning', { ...review, means: 'reject' as const }],
])('option: another %s than the digest says is neither sent nor signed', async (_what, altered) => {
  const { id, run, action = { tool: '', args: null } } = honestRequest();
  const digest = digestAction({ request: id, run, ...action, options: [review] });
  const honest = honestRequest({ digest, options: [...swapped, review] });
  expect(toBinding(fromRequest(honest), run)).toBe('matches');
  const request = { ...honest, options: [...swapped, altered] };
  const { client, sent } = shownRun(request);
  const said = { request: id, option: review.id, digest, revision: 1 };
  const deciding = decideShown(client, said, { shown: fromRequest(request), by: 'ada' });
  await expect(deciding).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  expect(sent).toEqual([]);
});

test('decide: reports the decision that was sent when the run’s ticket differs', async () => {
  const { client } = shownRun(honestRequest({ options: swapped }), true, {
    ticket: { option: 'reject', by: 'eve', reason: 'no' },
  });
  const { id: request, digest = '' } = honestRequest();
  const shown = fromRequest(honestRequest({ options: swapped }));
  const { ticket } = await decideShown(client, { request, option: 'approve', digest }, { shown, by: 'ada' });
  expect(ticket).toMatchObject({ option: 'approve', by: 'ada' });
  expect(ticket).not.toHaveProperty('reason');
});

test('inbox page: where decisions are signed, no form is shown when only a memo shows the request', async () => {
  const summary = fromSummary(summarizeRequest(honestRequest({ signed: true })));
  const page = `${await renderOptionForms({ ...viewOf(honestRequest()), request: summary, binding: 'unchecked' })}`;
  expect(page).toContain('What is shown only in part is not signed.');
  expect(page).not.toContain('<form');
});

test('request: what was said since it was asked is on card and page, and in the digest, when somebody says something', async () => {
  const said = [{ text: 'STOP, do not refund', by: 'zoe' }];
  const asked = honestRequest({ said, revision: 2 });
  const request = { ...asked, digest: digestRequest(asked) };
  const shown = fromRequest(request);
  expect(renderRequestCard(shown, { width: 100, palette: NO_COLORS }).join('\n')).toMatch(
    /said +zoe: STOP, do not refund/,
  );
  expect(`${await renderRequestPage(viewOf(request), { visitor: undefined })}`).toMatch(
    /Said since this was asked[^]*data-said[^]*STOP, do not refund/,
  );
  expect(toBinding(shown, request.run)).toBe('matches');
  expect(toBinding(fromRequest({ ...request, said: [] }), request.run)).toBe('differs');
  expect(toBinding(fromRequest({ ...request, said: [{ text: 'Go on', by: 'zoe' }] }), request.run)).toBe(
    'differs',
  );
});
