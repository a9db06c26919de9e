/** Pending requests, the nearest deadline first. */
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import { html } from 'hono/html';
import { buildRequestPath } from '../../contracts/requests/request-id.js';
import { READ_UNTRUSTED } from '../../contracts/requests/origin-text.js';
import { findClaim } from '../../contracts/requests/claim.js';
import { describeStuck } from '../../client/text/health-text.js';
import { describeMeant, UNREADABLE_TEXT } from '../../client/text/request-text.js';
import { renderPage, type Frame, type Html } from './layout.js';
import { renderAge, renderDeadline } from './moment.js';
import { toPlainText } from './shown.js';

export function buildRunPath(workflowId: string): string {
  return `/run?id=${encodeURIComponent(workflowId)}`;
}

export function renderWaitingPage(inbox: Inbox, frame: Omit<Frame, 'title'>): Html {
  const count = inbox.requests.length;
  return renderPage(
    { ...frame, title: count === 0 ? 'Nothing waits' : `${count} waiting`, here: 'waiting', live: '/events' },
    html`<div data-refresh="/">${renderWaitingList(inbox, Date.now())}</div>`,
  );
}

function renderWaitingList({ requests, unnamed, unreadable, stuck }: Inbox, now: number): Html {
  if (requests.length + unnamed.length + unreadable.length === 0) {
    return html`<h1>Nothing waits</h1>
      <p class="empty">As soon as a run asks a person, it is listed here.</p>`;
  }
  return html`<h1>Waiting <span class="count">${requests.length}</span></h1>
    <ol class="requests">
      ${requests.map((request) => renderRequestRow(request, now))}
    </ol>
    ${stuck.map(
      ({ workflowId, ...held }) =>
        html`<p class="notice bad">
          <a href="${buildRunPath(workflowId)}">${workflowId}</a> takes no decision now.
          ${toPlainText(describeStuck(held))}
        </p>`,
    )}
    ${unnamed.map(
      ({ workflowId, more }) =>
        html`<p class="notice wait">
          <a href="${buildRunPath(workflowId)}">${workflowId}</a> waits for ${more} more, which only a worker
          can name; none answers.
        </p>`,
    )}
    ${unreadable.map(
      (id) => html`<p class="notice bad"><a href="${buildRunPath(id)}">${id}</a> ${UNREADABLE_TEXT}.</p>`,
    )}`;
}

function renderRequestRow(request: InboxRequest, now: number): Html {
  const {
    id,
    question,
    title = question,
    amount,
    askedBy,
    askedOf,
    askedAt,
    deadline,
    tool,
    argsPreview,
    workflow,
    worker,
  } = request;
  return html`<li>
    <a class="request" href="${buildRequestPath(id)}" data-request="${id}">
      <span class="question"
        >${toPlainText(title)}
        ${amount === undefined ? '' : html`<strong class="amount">${amount}</strong>`}</span
      >
      ${
        tool === undefined
          ? ''
          : html`<span class="action"><code>${tool}</code> ${toPlainText(argsPreview ?? '')}</span>`
      }
      <span class="meta">
        ${deadline === undefined ? '' : renderDeadline(deadline, now)} ${renderAge(askedAt, now)}
        <span>${toPlainText(askedBy)} in ${workflow}</span>
        ${askedOf ? html`<span>for ${toPlainText(describeMeant(askedOf))}</span>` : ''}
        ${request.origin?.read.some(({ untrusted }) => untrusted) ? html`<span class="badge bad">${READ_UNTRUSTED}</span>` : ''}
        ${request.news === undefined ? '' : html`<span class="badge bad">${request.news} new messages</span>`}
        ${renderQuorum(request)} ${renderClaimBadge(request, now)}
        ${worker ? '' : html`<span class="badge bad">no worker</span>`}
      </span>
    </a>
  </li>`;
}

function renderClaimBadge({ claim }: InboxRequest, now: number): Html | '' {
  const held = findClaim(claim, now);
  return held === undefined ? '' : html`<span class="badge">${toPlainText(held.by)} looks into it</span>`;
}

function renderQuorum({ needs, voted = 0 }: InboxRequest): Html | '' {
  if (needs === undefined || needs.quorum < 2) return '';
  return html`<span class="badge">${voted} of ${needs.quorum} people</span>`;
}
