/** What waits for a person, the nearest deadline first. */
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import { html } from 'hono/html';
import { requestPath } from '../../contracts/requests/inbox-address.js';
import { claimAt } from '../../contracts/requests/claim.js';
import { describeMeant } from '../../client/text/meant-for.js';
import { page, type Frame, type Html } from './layout.js';
import { ageBadge, deadlineBadge } from './moment.js';
import { plainText } from './shown.js';

export function runPath(workflowId: string): string {
  return `/run?id=${encodeURIComponent(workflowId)}`;
}

export function waitingPage(inbox: Inbox, frame: Omit<Frame, 'title'>): Html {
  const count = inbox.requests.length;
  return page(
    { ...frame, title: count === 0 ? 'Nothing waits' : `${count} waiting`, here: 'waiting', live: '/events' },
    html`<div data-refresh="/">${waitingList(inbox, Date.now())}</div>`,
  );
}

function waitingList({ requests, unnamed }: Inbox, now: number): Html {
  if (requests.length === 0 && unnamed.length === 0) {
    return html`<h1>Nothing waits</h1>
      <p class="empty">As soon as a run asks a person, it is listed here.</p>`;
  }
  return html`<h1>Waiting <span class="count">${requests.length}</span></h1>
    <ol class="requests">
      ${requests.map((request) => requestRow(request, now))}
    </ol>
    ${unnamed.map(
      ({ workflowId, more }) =>
        html`<p class="notice wait">
          <a href="${runPath(workflowId)}">${workflowId}</a> waits for ${more} more, which only a worker can
          name; none answers.
        </p>`,
    )}`;
}

function requestRow(request: InboxRequest, now: number): Html {
  const { id, question, askedBy, askedOf, askedAt, deadline, tool, argsPreview, workflow, worker } = request;
  return html`<li>
    <a class="request" href="${requestPath(id)}" data-request="${id}">
      <span class="question">${plainText(question)}</span>
      ${
        tool === undefined
          ? ''
          : html`<span class="action"><code>${tool}</code> ${plainText(argsPreview ?? '')}</span>`
      }
      <span class="meta">
        ${deadline === undefined ? '' : deadlineBadge(deadline, now)} ${ageBadge(askedAt, now)}
        <span>${plainText(askedBy)} in ${workflow}</span>
        ${askedOf ? html`<span>for ${plainText(describeMeant(askedOf))}</span>` : ''} ${quorum(request)}
        ${claimBadge(request, now)} ${worker ? '' : html`<span class="badge bad">no worker</span>`}
      </span>
    </a>
  </li>`;
}

function claimBadge({ claim }: InboxRequest, now: number): Html | '' {
  const held = claimAt(claim, now);
  return held === undefined ? '' : html`<span class="badge">${plainText(held.by)} looks into it</span>`;
}

function quorum({ needs, voted = 0 }: InboxRequest): Html | '' {
  if (needs === undefined || needs.quorum < 2) return '';
  return html`<span class="badge">${voted} of ${needs.quorum} people</span>`;
}
