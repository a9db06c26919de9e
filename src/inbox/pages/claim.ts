/** Who looks into a request, and the button by which one says so, or gives it back. */
import { html } from 'hono/html';
import { optionRow } from '../../contracts/requests/decision-options.js';
import { claimAt } from '../../contracts/requests/claim.js';
import type { Html } from './layout.js';
import { moment } from './moment.js';
import type { RequestView } from './request-view.js';
import { plainText } from './shown.js';

export function claim({ request, csrf, signs, visitor }: RequestView): Html {
  const held = claimAt(request.claim, Date.now());
  const mine = held?.by === visitor;
  const says =
    held === undefined
      ? ''
      : html`<span
          >${mine ? 'You look' : html`<strong>${plainText(held.by)}</strong> looks`} into it until
          ${moment(held.until)}.</span
        >`;
  // A claim on what no worker shows whole would wait with the server, and be too late.
  const may = request.whole && (!request.signed || signs) && (held === undefined || mine);
  return html`<div class="claim" data-renewed="claim" aria-live="polite">
    ${says} ${may ? button(request, mine ? 'release' : 'claim', csrf) : ''}
  </div>`;
}

function button(
  { id, digest = '', revision }: RequestView['request'],
  option: 'claim' | 'release',
  csrf: string,
): Html {
  return html`<form method="post" action="/decide">
    <input type="hidden" name="csrf" value="${csrf}" />
    <input type="hidden" name="request" value="${id}" />
    <input type="hidden" name="option" value="${option}" />
    <input type="hidden" name="digest" value="${digest}" />
    <input type="hidden" name="revision" value="${revision}" />
    <button type="submit" name="act" value="decide" class="quiet">${optionRow(option).label}</button>
  </form>`;
}
