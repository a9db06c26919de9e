/** Shows who has claimed a request, with the button to claim or release it. */
import { html } from 'hono/html';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { findClaim } from '../../contracts/requests/claim.js';
import type { Html } from './layout.js';
import { renderMoment } from './moment.js';
import { renderBinding, type RequestView } from './request-view.js';
import { toPlainText } from './shown.js';

export function renderClaim(view: RequestView): Html {
  const { request, signs, visitor } = view;
  const held = findClaim(request.claim, Date.now());
  const mine = held?.by === visitor;
  const says =
    held === undefined
      ? ''
      : html`<span
          >${mine ? 'You look' : html`<strong>${toPlainText(held.by)}</strong> looks`} into it until
          ${renderMoment(held.until)}.</span
        >`;
  // If the worker is unavailable, a claim would wait at the server and arrive too late.
  const may = request.whole && (!request.signed || signs) && (held === undefined || mine);
  return html`<div class="claim" data-renewed="claim" aria-live="polite">
    ${says} ${may ? renderButton(view, mine ? 'release' : 'claim') : ''}
  </div>`;
}

function renderButton(view: RequestView, option: 'claim' | 'release'): Html {
  return html`<form method="post" action="/decide">
    ${renderBinding(view, option)}
    <button type="submit" name="act" value="decide" class="quiet">${getOptionRow(option).label}</button>
  </form>`;
}
