/** Pending requests, the nearest deadline first. */
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import { html } from 'hono/html';
import { buildRequestPath } from '../../contracts/requests/request-id.js';
import { READ_UNTRUSTED } from '../../contracts/requests/origin-text.js';
import { findClaim } from '../../contracts/requests/claim.js';
import { describeStuck } from '../../client/text/health-text.js';
import { describeMeant, UNREADABLE_TEXT } from '../../client/text/request-text.js';
import { listEligibleRoles } from '../../contracts/requests/waits-for.js';
import { buildListPath, filterRequests, isFiltered, type WaitingFilter } from '../reading/waiting-filter.js';
import { renderPage, type Frame, type Html } from './layout.js';
import { renderFilter, renderPaging } from './list-filter.js';
import { renderAge, renderDeadline, renderPill } from './moment.js';
import { toPlainText } from './shown.js';

export function buildRunPath(workflowId: string): string {
  return `/run?id=${encodeURIComponent(workflowId)}`;
}

export function renderWaitingPage(inbox: Inbox, filter: WaitingFilter, frame: Omit<Frame, 'title'>): Html {
  const count = inbox.requests.length;
  const path = buildListPath(filter);
  return renderPage(
    { ...frame, title: count === 0 ? 'Nothing waits' : `${count} waiting`, here: 'waiting', live: '/events' },
    html`${count > 1 || isFiltered(filter) ? renderFilter(inbox, filter) : ''}
      <div data-refresh="${path}">${renderWaitingList(inbox, filter, Date.now())}</div>`,
  );
}

function renderWaitingList(inbox: Inbox, filter: WaitingFilter, now: number): Html {
  const { requests: all, unnamed, unreadable, stuck } = inbox;
  if (all.length + unnamed.length + unreadable.length === 0) {
    return html`<h1>Nothing waits</h1>
      <p class="empty">As soon as a run asks a person, it is listed here.</p>`;
  }
  const { requests, found, page, pages } = filterRequests(all, filter, now);
  const count = isFiltered(filter) ? `${found} of ${all.length}` : found;
  return html`<h1>Waiting <span class="count">${count}</span></h1>
    ${found === 0 && all.length > 0 ? html`<p class="empty">No pending request matches the filter.</p>` : ''}
    <ol class="requests">
      ${requests.map((request) => renderRequestRow(request, now))}
    </ol>
    ${pages === 1 ? '' : renderPaging(filter, page, pages)}
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
        ${renderReason(request)} ${renderPill('agent', toPlainText(askedBy))} ${renderPill('run', workflow)}
        ${request.team === undefined ? '' : renderPill('team', toPlainText(request.team))}
        ${renderEligible(request)} ${renderQuorum(request)} ${renderClaimBadge(request, now)}
        ${request.origin?.read.some(({ untrusted }) => untrusted) ? html`<span class="badge bad">${READ_UNTRUSTED}</span>` : ''}
        ${request.news === undefined ? '' : renderPill('new messages', String(request.news), 'bad')}
        ${worker ? '' : renderPill('worker', 'none', 'bad')}
      </span>
    </a>
  </li>`;
}

/** Why a person is asked, if a word says it. */
function renderReason({ reason, needs }: InboxRequest): Html | '' {
  if (reason === 'irreversible-effect') return renderPill('effect', 'irreversible', 'bad');
  if (reason === 'unknown-outcome') return renderPill('outcome', 'unknown', 'bad');
  if (reason === 'low-confidence') return renderPill('confidence', 'low', 'wait');
  return needs?.policy === undefined ? '' : renderPill('policy', toPlainText(needs.policy));
}

function renderEligible(request: InboxRequest): Html | '' {
  const { askedOf } = request;
  if (askedOf !== undefined) return renderPill('for', toPlainText(describeMeant(askedOf)));
  const roles = listEligibleRoles(request);
  return roles.length === 0 ? '' : renderPill('role', toPlainText(roles.join(', ')));
}

function renderClaimBadge({ claim }: InboxRequest, now: number): Html | '' {
  const held = findClaim(claim, now);
  return held === undefined ? '' : renderPill('claimed by', toPlainText(held.by));
}

function renderQuorum({ needs, voted = 0 }: InboxRequest): Html | '' {
  return needs === undefined || needs.quorum < 2
    ? ''
    : renderPill('approvals', `${voted} of ${needs.quorum}`);
}
