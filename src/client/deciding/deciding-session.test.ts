import { expect, test } from 'vitest';
import { honestRequest, shownRun } from '../../../test/fixtures/shown-run.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { privateKey } from '../../contracts/proof/jws.js';
import { digestQuestion } from '../../contracts/proof/root.js';
import { readSignedDecision } from '../../contracts/proof/signed-decision.js';
import { fromRequest, fromSummary } from '../requests/waiting-request.js';
import { summarizeRequest } from '../../contracts/requests/request-summary.js';
import { decideShown, type Deciding } from './deciding-session.js';

const key = privateKey(new Uint8Array(32).fill(7));
const signer = () => ({ subject: 'ada', key });
const registry = {
  v: 1 as const,
  approvers: [{ subject: 'ada', roles: [], keys: [{ kid: key.kid, x: key.x }] }],
};
const signed = { signed: true } as const;

/** Approves it as it is shown; gives what was sent, or the code of the refusal. */
async function approve(
  request: ApprovalRequest,
  more: Partial<Deciding> & { readonly part?: boolean; readonly option?: string } = {},
) {
  const { part = false, option = 'approve', ...deciding } = more;
  const { client, sent } = shownRun(request, !part);
  const shown = part ? fromSummary(summarizeRequest(request)) : fromRequest(request);
  const { id, revision, digest = '' } = request;
  const said = { request: id, option, revision, digest, ...(option === 'reject' ? { reason: 'no' } : {}) };
  const outcome = await decideShown(client, said, { shown, by: 'ada', signer, ...deciding }).catch(
    (error: { code: string }) => error.code,
  );
  return { outcome, sent };
}

test('decide: the decision is sent with the digest of the request as shown, and the outcome has the same decision', async () => {
  const request = honestRequest();
  const { outcome, sent } = await approve(request);
  const decision = { request: request.id, option: 'approve', digest: request.digest, by: 'ada' };
  expect(sent).toEqual([decision]);
  expect(outcome).toMatchObject({ decision, ticket: { option: 'approve' } });
});

test('sign: the signature covers the request as shown, its revision and digest, and expires by the deadline', async () => {
  const deadline = new Date(Date.now() + 60_000).toISOString();
  const { sent, outcome } = await approve(honestRequest({ ...signed, revision: 2, deadline }));
  const { claims, subject } = readSignedDecision(sent[0] as { signed: string }, registry, Date.now());
  const { by: _by, ...said } = (outcome as { decision: { by?: string } }).decision;
  expect(subject).toBe('ada');
  expect(claims.decision).toEqual(said);
  expect(claims.decision).toMatchObject({ revision: 2, digest: honestRequest().digest });
  expect(claims.exp).toBe(Math.floor(Date.parse(deadline) / 1_000));
});

test.each([
  ['another action', { action: { tool: 'pay_all', args: { to: 'ada', cents: 1 } } }],
  ['other arguments', { action: { tool: 'pay', args: { to: 'eve', cents: 1 } } }],
  ['no action', { action: undefined }],
  ['another digest', { digest: digestQuestion({ request: 'x', run: 'y', question: 'z' }) }],
])('decide: %s than the digest says is neither signed nor sent', async (_what, altered) => {
  const request = { ...honestRequest(), ...altered } as ApprovalRequest;
  for (const each of [request, { ...request, ...signed }]) {
    for (const option of ['approve', 'reject', 'abort', 'claim']) {
      expect(await approve(each, { option })).toEqual({ outcome: 'DIGEST_MISMATCH', sent: [] });
    }
  }
});

test('decide: a digest of another run is refused, even when the request names that run', async () => {
  const run = 'f'.repeat(32);
  const question = { request: honestRequest().id, run, question: 'Go?' };
  const { action: _action, ...asked } = honestRequest({
    run,
    question: 'Go?',
    digest: digestQuestion(question),
  });
  expect(await approve(asked)).toEqual({ outcome: 'DIGEST_MISMATCH', sent: [] });
});

test('decide: a request known in part is never signed, and is left with the server only on demand', async () => {
  expect(await approve(honestRequest(), { part: true })).toEqual({ outcome: 'NO_WORKER', sent: [] });
  const unsure = { part: true, leave: () => true };
  expect(await approve(honestRequest(signed), unsure)).toEqual({ outcome: 'NO_WORKER', sent: [] });
  const { outcome, sent } = await approve(honestRequest(), unsure);
  expect(outcome).not.toHaveProperty('ticket');
  expect(sent).toHaveLength(1);
});

test('decide: another revision than was seen, and an edit that is not named, are refused', async () => {
  const { client, sent } = shownRun(honestRequest({ revision: 2 }));
  const shown = fromRequest(honestRequest({ revision: 2 }));
  const said = { request: shown.id, option: 'approve' };
  for (const seen of [{}, { digest: '0123456789ab' }, { digest: shown.digest ?? '', revision: 1 }]) {
    const decided = decideShown(client, { ...said, ...seen }, { shown, by: 'ada' });
    await expect(decided).rejects.toMatchObject({ code: 'REQUEST_CHANGED' });
  }
  await decideShown(client, { ...said, digest: (shown.digest ?? '').slice(0, 12) }, { shown, by: 'ada' });
  expect(sent).toMatchObject([{ digest: shown.digest }]);
});

test('decide: a decision on an unseen request is sent as unseen, and does not count', async () => {
  const { client, sent } = shownRun(honestRequest());
  await decideShown(
    client,
    { request: honestRequest().id, option: 'approve' },
    { shown: undefined, by: 'ada' },
  );
  expect(sent).toMatchObject([{ digest: 'unseen' }]);
});

test('decide: nothing is sent when decisions must be signed and there is no key', async () => {
  const outcome = await approve(honestRequest(signed), { signer: undefined });
  expect(outcome).toEqual({ outcome: 'DECISION_UNPROVEN', sent: [] });
});
