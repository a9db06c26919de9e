/** Taking what somebody has filled in: a decision, or an edit that is first to be compared. */
import type { Hono } from 'hono';
import { BatonError } from '../contracts/errors.js';
import { editFields, readDecision, readValue } from './decision-form.js';
import { frameOf, type Desk, type Known } from './desk.js';
import { assertOwnForm, readForm } from './guard.js';
import { differenceBox, problemList } from './pages/difference.js';
import { requestPage } from './pages/request-page.js';
import type { RequestView } from './pages/request-view.js';
import { requestPath } from './pages/waiting-page.js';
import { readRequest, storyOf, type ReadRequest } from './read-request.js';
import { sign } from './sign.js';
import { takeDecision } from './take-decision.js';

export function addDecidingRoutes(app: Hono<Known>, desk: Desk): void {
  app.post('/decide', async (context) => {
    const visitor = context.get('visitor');
    const form = await readForm(context);
    assertOwnForm(form, visitor);
    const id = form.get('request') ?? '';
    const { waiting, facts } = await readRequest(desk, id);
    // What has become of it meanwhile is told there.
    if (waiting === undefined) return context.redirect(requestPath(id), 303);
    const again = async (more: Partial<RequestView>) => {
      const story = await storyOf(desk, facts.workflowId);
      const view = { ...waiting, story, csrf: visitor.csrf, signs: desk.key !== undefined, ...more };
      return context.html(requestPage(view, frameOf(desk, context)), more.difference ? 200 : 422);
    };
    if (form.get('act') === 'compare') {
      return again({ difference: compared(waiting, form), refused: { form, problems: [] } });
    }
    assertBound(waiting, form);
    const filled = readDecision(waiting.request, form);
    if (filled.decision === undefined) return again({ refused: { form, problems: filled.problems } });
    try {
      const decision = sign(filled.decision, visitor.subject, waiting.request, desk.key);
      desk.sessions.leave(visitor, await takeDecision(desk.client, decision, form.get('queue') === 'yes'));
      return context.redirect(requestPath(id), 303);
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      const problems = [`${error.message} [${error.code}]`];
      return again({ refused: { form, problems } });
    }
  });
  app.post('/difference', async (context) => {
    const form = await readForm(context);
    assertOwnForm(form, context.get('visitor'));
    const { waiting } = await readRequest(desk, form.get('request') ?? '');
    return waiting === undefined ? context.body(null, 204) : context.html(compared(waiting, form));
  });
}

function compared({ request }: ReadRequest, form: URLSearchParams) {
  const { value, problems } = readValue(editFields(request), form);
  if (problems.length > 0) return problemList(problems);
  return differenceBox(request.args ?? null, value);
}

/**
 * Nobody decides on what they were not shown.
 *
 * @throws {BatonError} `DIGEST_MISMATCH`
 */
function assertBound({ request, binding }: ReadRequest, form: URLSearchParams): void {
  const { id, digest } = request;
  if (binding === 'differs') {
    throw new BatonError(
      'DIGEST_MISMATCH',
      `Request ${id} names the digest ${digest}, and what it shows gives another. Nothing was decided.`,
      { request: id, digest },
    );
  }
  if (
    binding !== 'unchecked' ||
    form.get('part') === 'yes' ||
    !LETS_HAPPEN.includes(form.get('option') ?? '')
  )
    return;
  throw new BatonError('DIGEST_MISMATCH', `Of request ${id} only a part was shown. Nothing was decided.`, {
    request: id,
  });
}

const LETS_HAPPEN: readonly string[] = ['approve', 'do-again', 'was-done'];
