/** One request: everything that a person must know before deciding, and the decision forms. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import {
  describeExpiry,
  describeMeant,
  describeNeeds,
  describeVotes,
  REASONS,
} from '../../client/text/request-text.js';
import { describeState } from '../../client/text/state-text.js';
import type { RequestView } from './request-view.js';
import { renderClaim } from './claim.js';
import { renderConversation } from './conversation.js';
import { renderAmounts, renderHeading } from './request-heading.js';
import { renderFactRow, renderAlert, renderPage, type Frame, type Html } from './layout.js';
import { renderAge, renderDeadline, renderMoment } from './moment.js';
import { renderOrigin } from './origin.js';
import { renderOptionForms } from './option-forms.js';
import { renderLatestEvents } from './timeline.js';
import { toPlainText, renderArguments, renderMarkdownText, renderText } from './shown.js';
import { buildRunPath } from './waiting-page.js';

export function renderRequestPage(view: RequestView, frame: Omit<Frame, 'title'>): Html {
  const { request, binding, refused } = view;
  const state = encodeURIComponent(request.id);
  return renderPage(
    {
      ...frame,
      title: toPlainText(request.title ?? request.question).slice(0, 80),
      live: `/events?request=${state}`,
      proven: request.signed === true,
    },
    html`<article class="request-page" data-state="${request.revision}">
      <p class="crumbs"><a href="/" data-up>Waiting</a> / <code>${request.id}</code></p>
      ${renderHeading(request)} ${renderAmounts(request)}
      ${refused && refused.problems.length > 0 ? renderAlert('Nothing was decided.', refused.problems) : ''}
      ${renderClaim(view)} ${renderAction(request)} ${renderAsked(view)} ${renderOrigin(request)}
      ${renderDetails(request)} ${renderAttempts(request)} ${renderProof(view)} ${renderSaid(request)}
      ${renderConversation(request)} ${withoutWorker(request)} ${renderDeclared(request)}
      ${binding === 'differs' ? renderMismatch() : renderOptionForms(view)} ${renderState(view)}
    </article>`,
  );
}

function renderAsked({ request, facts }: RequestView): Html {
  const { askedBy, askedAt, askedOf, deadline, reason, path, revision, editedBy, reminded } = request;
  const times = reminded === 1 ? 'once' : `${reminded} times`;
  const now = Date.now();
  const votes = describeVotes(request);
  const by = editedBy === undefined ? '' : `, edited by ${toPlainText(editedBy)}`;
  const until = (iso: string): Html =>
    html`${renderDeadline(iso, now)} ${renderMoment(iso)}, ${describeExpiry(request)}`;
  return html`<dl class="facts" data-renewed="facts">
    ${renderFactRow('Why', REASONS[reason])}
    ${renderFactRow('Asked by', html`${toPlainText(askedBy)}, ${renderMoment(askedAt)} ${renderAge(askedAt, now)}`)}
    ${renderFactRow(
      'Asked for by',
      request.requester && html`<span data-fact="requester">${renderText(request.requester)}</span>: proven`,
    )}
    ${renderFactRow('Meant for', askedOf && toPlainText(describeMeant(askedOf)))}
    ${renderFactRow('Deadline', deadline === undefined ? undefined : until(deadline))}
    ${(request.escalates ?? []).map(({ at, roles }) =>
      renderFactRow('Goes on', html`to ${toPlainText(roles.join(' and '))}, ${renderMoment(at)}`),
    )}
    ${renderFactRow('Reminded', reminded === undefined ? undefined : times)}
    ${renderFactRow('Where', html`<a href="${buildRunPath(facts.workflowId)}">${facts.workflowId}</a> <code>${path}</code>`)}
    ${renderFactRow('Needs', request.needs && toPlainText(describeNeeds(request.needs)))}
    ${renderFactRow('So far', votes === undefined ? undefined : toPlainText(votes))}
    ${renderFactRow('Revision', revision > 1 ? `${revision}${by}` : undefined)}
  </dl>`;
}

function renderDetails({ details: text }: WaitingRequest): Html {
  if (text === undefined) return html``;
  return html`<section aria-labelledby="details-title">
    <h2 id="details-title">Details</h2>
    <div class="prose" data-fact="details">${renderMarkdownText(text)}</div>
  </section>`;
}

/** The events that led to the request. */
function renderAttempts({ attempted: lines = [], state }: WaitingRequest): Html {
  if (lines.length === 0 && state === undefined) return html``;
  return html`<section aria-labelledby="before-title" data-before>
    <h2 id="before-title">What happened before</h2>
    ${state === undefined ? '' : html`<p>${toPlainText(describeState(state))}</p>`}
    <ul>
      ${lines.map((line) => html`<li>${toPlainText(line)}</li>`)}
    </ul>
  </section>`;
}

/** The exact action; the script reads it back from here for the digest. */
function renderAction({ tool, args, argsPreview }: WaitingRequest): Html {
  if (tool === undefined) return html``;
  return html`<section aria-labelledby="action-title" class="card action-card">
    <div class="heading">
      <h2 id="action-title">Action: <code data-fact="tool">${renderText(tool)}</code></h2>
      ${args === undefined ? '' : html`<button type="button" class="quiet" data-copy hidden>Copy as JSON</button>`}
    </div>
    ${
      args === undefined
        ? html`<p class="value">${toPlainText(argsPreview ?? '')}</p>
            <p class="notice wait">
              Shown in part: the exact arguments are with the worker, and none answers.
            </p>`
        : renderArguments(args)
    }
  </section>`;
}

/**
 * Messages to the run since the request was made; the script reads them back from here, because the digest
 * covers them.
 */
function renderSaid({ said = [] }: WaitingRequest): Html {
  if (said.length === 0) return html``;
  return html`<section aria-labelledby="said-title" class="notice wait">
    <h2 id="said-title">Said since this was asked</h2>
    <dl class="args" data-said>
      ${said.map(
        ({ by, text }) =>
          html`<div class="row">
            <dt>${by === undefined ? 'user' : html`<span data-part="by">${renderText(by)}</span>`}</dt>
            <dd><span data-part="text">${renderText(text)}</span></dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** Custom options; the script reads their labels back from here, because the digest covers them. */
function renderDeclared({ options, whole }: WaitingRequest): Html {
  const declared = options.filter((option) => option.declared);
  if (!whole || declared.length === 0) return html``;
  const part = (name: string, text: string | undefined): Html =>
    text === undefined ? html`` : html`<span data-part="${name}">${renderText(text)}</span>`;
  return html`<section aria-labelledby="declared-title">
    <h2 id="declared-title">Options in the run’s own words</h2>
    <dl class="args" data-declared>
      ${declared.map(
        ({ id, label, consequence, means }) =>
          html`<div class="row">
            <dt>${part('id', id)}</dt>
            <dd>
              <strong>${part('label', label)}</strong> ${part('consequence', consequence)}
              ${means === undefined ? '' : html`It counts as: ${part('means', means)}`}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function renderProof({ request, facts, binding }: RequestView): Html {
  if (request.digest === undefined) return html``;
  const said = {
    none: '',
    matches: 'The server of this page has worked it out from what is shown, and it is the same.',
    differs: 'The digest of this page differs.',
    unchecked: 'Nobody here can check it: the exact arguments are with the worker, and none answers.',
  }[binding];
  return html`<details
    class="proof"
    data-proof="${request.tool === undefined ? 'question' : 'action'}"
    ${binding === 'unchecked' ? html`data-part` : ''}
  >
    <summary>
      What a decision is bound to: <code>${request.digest.slice(0, 12)}</code>
      <span data-digest-told>${binding === 'matches' ? '✓' : ''}</span>
    </summary>
    <p data-digest-status>${said}</p>
    <dl class="facts">
      ${renderFactRow('Digest', html`<code data-digest>${request.digest}</code>`)}
      ${renderFactRow('Request', html`<code data-fact="request">${renderText(request.id)}</code>`)}
      ${renderFactRow(
        'Execution',
        html`<code data-fact="run">${facts.run}</code> of ${facts.workflowId}, first run
          ${facts.firstExecutionRunId}`,
      )}
    </dl>
    <p>
      SHA-256 over the canonical JSON (RFC 8785) of
      ${
        request.tool === undefined
          ? html`<code>{ request, run, question, details }</code>`
          : html`<code>{ request, run, tool, args }</code>`
      },
      with the options in the run’s own words where there are any (<code>options</code>), and who asked for
      the run where that is proven (<code>requester</code>).
    </p>
  </details>`;
}

function withoutWorker({ whole, signed }: WaitingRequest): Html {
  if (whole || signed) return html``;
  return html`<p class="notice wait" role="note">
    <strong>No worker is available for this run.</strong> What is shown is the part that the server keeps. A
    decision is left with the server as a signal, and counts when a worker takes the run up; one that cannot
    count then leaves a note in the run’s story.
  </p>`;
}

function renderMismatch(): Html {
  return renderAlert('This cannot be decided here.', [
    'The digest that the request names is not that of what is shown. Somebody may have altered one of them: [DIGEST_MISMATCH].',
  ]);
}

/** The events of the run so far. */
function renderState({ story, facts }: RequestView): Html {
  if (story === undefined) return html``;
  return html`<section aria-labelledby="state-title">
    <h2 id="state-title">Where the run stands</h2>
    <p>
      <strong>${toPlainText(story.owner)}</strong> is responsible.
      <a href="${buildRunPath(facts.workflowId)}">The whole story</a>
    </p>
    ${renderLatestEvents(story.timeline, 6)}
  </section>`;
}
