/** Handles submitted forms: a decision, or an edit whose changes are shown first. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { BatonError } from '../../contracts/errors.js';
import { PATIENT_MS } from '../../client/runs/observe.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { readDecision, readValue } from '../deciding/decision-form.js';
import { listFields } from '../deciding/json-form.js';
import { toFrame, type AppContext, type Known } from './app-context.js';
import { assertOwnForm, readForm } from '../access/guard.js';
import { nameShown, renderDifference, renderProblems } from '../pages/difference.js';
import { renderRequestPage } from '../pages/request-page.js';
import type { RequestView } from '../pages/request-view.js';
import { buildRequestPath } from '../../contracts/requests/request-id.js';
import { readRequest, readView, type ReadRequest } from './read-request.js';
import type { Visitor } from '../access/sessions.js';
import { takeDecision } from '../deciding/take-decision.js';

export function addDecidingRoutes(app: Hono<Known>, desk: AppContext): void {
  app.post('/decide', async (context) => {
    const visitor = context.get('visitor');
    const form = await readForm(context);
    assertOwnForm(form, visitor);
    const id = form.get('request') ?? '';
    // The request was displayed whole, so the route waits for a busy worker instead of treating it as
    // unavailable.
    const { waiting } = await readRequest(desk, visitor, id, PATIENT_MS);
    // That page shows the outcome.
    if (waiting === undefined) return context.redirect(buildRequestPath(id), 303);
    if (form.get('act') === 'compare') {
      return renderPageAgain(desk, context, waiting, {
        difference: compareEdit(waiting, form),
        refused: { form, problems: [] },
      });
    }
    if (isUnseenEdit(waiting, form)) {
      return renderPageAgain(desk, context, waiting, {
        difference: html`<p class="notice wait" role="alert">
            Nothing is sent yet. Read what changes, and press the button again.
          </p>
          ${compareEdit(waiting, form)}`,
        refused: { form, problems: [] },
      });
    }
    const problems = await decideFilledIn(desk, visitor, waiting, form);
    if (problems.length === 0) return context.redirect(buildRequestPath(id), 303);
    // Reads it again: an edit may have caused the refusal.
    const { waiting: now } = await readRequest(desk, visitor, id);
    if (now === undefined) return context.redirect(buildRequestPath(id), 303);
    return renderPageAgain(desk, context, now, { refused: { form, problems } });
  });
  app.post('/difference', async (context) => {
    const form = await readForm(context);
    const visitor = context.get('visitor');
    assertOwnForm(form, visitor);
    const { waiting } = await readRequest(desk, visitor, form.get('request') ?? '');
    return waiting === undefined ? context.body(null, 204) : context.html(compareEdit(waiting, form));
  });
}

/** An edit is sent only after the page has shown its difference; a script shows it while the person types. */
function isUnseenEdit({ request }: ReadRequest, form: URLSearchParams): boolean {
  if (getOptionRow(form.get('option') ?? '').carries !== 'args') return false;
  const { value, problems } = readValue(listFields(request.argsSchema, request.args), form);
  return problems.length === 0 && form.get('compared') !== nameShown(value);
}

/** Decides. Returns the problem in words, or undefined. */
async function decideFilledIn(
  desk: AppContext,
  visitor: Visitor,
  { request }: ReadRequest,
  form: URLSearchParams,
): Promise<readonly string[]> {
  try {
    const { decision, problems } = readDecision(request, form);
    if (decision === undefined) return problems;
    const said = { decision, leave: form.get('queue') === 'yes' };
    desk.sessions.leave(visitor, await takeDecision(desk, visitor, request, said));
    return [];
  } catch (error) {
    if (error instanceof BatonError) return [`${error.message} [${error.code}]`];
    throw error;
  }
}

async function renderPageAgain(
  desk: AppContext,
  context: Context<Known>,
  waiting: ReadRequest,
  more: Pick<RequestView, 'refused' | 'difference'>,
) {
  const view = { ...(await readView(desk, context.get('visitor'), waiting)), ...more };
  return context.html(renderRequestPage(view, toFrame(desk, context)), more.difference ? 200 : 422);
}

function compareEdit({ request }: ReadRequest, form: URLSearchParams) {
  const { value, problems } = readValue(listFields(request.argsSchema, request.args), form);
  if (problems.length > 0) return renderProblems(problems);
  return renderDifference(request.args ?? null, value);
}
