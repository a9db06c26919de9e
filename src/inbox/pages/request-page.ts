/** One request: all that a person must know before deciding, and the ways to decide. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import { describeMeant } from '../../client/text/meant-for.js';
import { afterDeadline, REASONS } from '../../client/text/request-text.js';
import { stateText } from '../../client/text/state-text.js';
import type { RequestView } from './request-view.js';
import { claim } from './claim.js';
import { factRow } from './fact-row.js';
import { alertBox, page, type Frame, type Html } from './layout.js';
import { ageBadge, deadlineBadge, moment } from './moment.js';
import { optionForms } from './option-forms.js';
import { latestEvents } from './timeline.js';
import { plainText, shownArguments, shownText } from './shown.js';
import { runPath } from './waiting-page.js';
import { exchanges } from '../../client/text/conversation-text.js';

export function requestPage(view: RequestView, frame: Omit<Frame, 'title'>): Html {
  const { request, binding, refused } = view;
  const state = encodeURIComponent(request.id);
  return page(
    {
      ...frame,
      title: plainText(request.question).slice(0, 80),
      live: `/events?request=${state}`,
      proven: request.signed === true,
    },
    html`<article class="request-page" data-state="${request.revision}">
      <p class="crumbs"><a href="/" data-up>Waiting</a> / <code>${request.id}</code></p>
      <h1 data-fact="question">${shownText(request.question)}</h1>
      ${refused && refused.problems.length > 0 ? alertBox('Nothing was decided.', refused.problems) : ''}
      ${claim(view)} ${askedBox(view)} ${details(request)} ${attemptedBox(request)} ${action(request)}
      ${proof(view)} ${conversation(request)} ${withoutWorker(request)}
      ${binding === 'differs' ? mismatch() : optionForms(view)} ${whereItStands(view)}
    </article>`,
  );
}

function askedBox({ request, facts }: RequestView): Html {
  const { askedBy, askedAt, askedOf, deadline, reason, path, revision, editedBy } = request;
  const now = Date.now();
  const by = editedBy === undefined ? '' : `, edited by ${plainText(editedBy)}`;
  const until = (iso: string): Html =>
    html`${deadlineBadge(iso, now)} ${moment(iso)}, ${afterDeadline(request)}`;
  return html`<dl class="facts" data-renewed="facts">
    ${factRow('Why', REASONS[reason])}
    ${factRow('Asked by', html`${plainText(askedBy)}, ${moment(askedAt)} ${ageBadge(askedAt, now)}`)}
    ${factRow('Meant for', askedOf && plainText(describeMeant(askedOf)))}
    ${factRow('Deadline', deadline === undefined ? undefined : until(deadline))}
    ${(request.escalates ?? []).map(({ at, roles }) =>
      factRow('Goes on', html`to ${plainText(roles.join(' and '))}, ${moment(at)}`),
    )}
    ${factRow('Reminded', remindedText(request.reminded))}
    ${factRow('Where', html`<a href="${runPath(facts.workflowId)}">${facts.workflowId}</a> <code>${path}</code>`)}
    ${factRow('Needs', request.needs && needsText(request.needs))} ${factRow('So far', votesText(request))}
    ${factRow('Revision', revision > 1 ? `${revision}${by}` : undefined)}
  </dl>`;
}

function remindedText(times = 0): string | undefined {
  return times === 0 ? undefined : times === 1 ? 'once' : `${times} times`;
}

/** How many of whom. */
function needsText({ roles, quorum, notRequester, policy }: NonNullable<WaitingRequest['needs']>): string {
  const who = roles.length === 0 ? '' : ` of ${roles.join(' or ')}`;
  const people = quorum === 1 ? `one person${who}` : `${quorum} different people${who}`;
  return [
    people,
    ...(notRequester ? ['nobody who asked for the run'] : []),
    ...(policy === undefined ? [] : [`by the policy ${policy}`]),
  ].join(', ');
}

function votesText({ votes, voted, needs }: WaitingRequest): string | undefined {
  if (votes === undefined || votes.length === 0)
    return voted === undefined || voted === 0 ? undefined : `${voted} of ${needs?.quorum ?? '?'}`;
  const said = votes.map(({ by, option }) => `${plainText(by)}: ${option}`).join('; ');
  return `${votes.length} of ${needs?.quorum ?? '?'} (${said})`;
}

function details({ details: text }: WaitingRequest): Html {
  if (text === undefined) return html``;
  return html`<section aria-labelledby="details-title">
    <h2 id="details-title">Details</h2>
    <div class="prose" data-fact="details">${shownText(text)}</div>
  </section>`;
}

/** How it came to this. */
function attemptedBox({ attempted: lines = [], state }: WaitingRequest): Html {
  if (lines.length === 0 && state === undefined) return html``;
  return html`<section aria-labelledby="before-title" data-before>
    <h2 id="before-title">Before this was asked</h2>
    ${state === undefined ? '' : html`<p>${plainText(stateText(state))}</p>`}
    <ul>
      ${lines.map((line) => html`<li>${plainText(line)}</li>`)}
    </ul>
  </section>`;
}

/** The exact action; the page reads it back from here. */
function action({ tool, args, argsPreview }: WaitingRequest): Html {
  if (tool === undefined) return html``;
  return html`<section aria-labelledby="action-title" class="card action-card">
    <div class="heading">
      <h2 id="action-title">Action: <code data-fact="tool">${tool}</code></h2>
      ${args === undefined ? '' : html`<button type="button" class="quiet" data-copy hidden>Copy as JSON</button>`}
    </div>
    ${
      args === undefined
        ? html`<p class="value">${plainText(argsPreview ?? '')}</p>
            <p class="notice wait">
              Shown in part: the exact arguments are with the worker, and none answers.
            </p>`
        : shownArguments(args)
    }
  </section>`;
}

function proof({ request, facts, binding }: RequestView): Html {
  if (request.digest === undefined) return html``;
  const said = {
    none: '',
    matches: 'The server of this page has worked it out from what is shown, and it is the same.',
    differs: 'What is shown gives another digest.',
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
      ${factRow('Digest', html`<code data-digest>${request.digest}</code>`)}
      ${factRow('Request', html`<code data-fact="request">${request.id}</code>`)}
      ${factRow(
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
      }.
    </p>
  </details>`;
}

function withoutWorker({ whole }: WaitingRequest): Html {
  if (whole) return html``;
  return html`<p class="notice wait" role="note">
    <strong>No worker answers for this run.</strong> What is shown is the part that the server keeps. A
    decision is left with the server as a signal, and counts when a worker takes the run up; one that cannot
    count then leaves a note in the run’s story.
  </p>`;
}

function mismatch(): Html {
  return alertBox('This cannot be decided here.', [
    'The digest that the request names is not that of what is shown. Somebody may have altered one of them: [DIGEST_MISMATCH].',
  ]);
}

/** What has happened so far. */
function whereItStands({ story, facts }: RequestView): Html {
  if (story === undefined) return html``;
  return html`<section aria-labelledby="state-title">
    <h2 id="state-title">Where the run stands</h2>
    <p>
      <strong>${plainText(story.owner)}</strong> is responsible.
      <a href="${runPath(facts.workflowId)}">The whole story</a>
    </p>
    ${latestEvents(story.timeline, 6)}
  </section>`;
}

/** What was asked before deciding, and answered. The page's script brings it up to date while answers come. */
function conversation({ conversation: rounds }: WaitingRequest): Html {
  return html`<section aria-label="Asked before deciding" aria-live="polite" data-renewed="conversation">
    ${rounds === undefined ? '' : html`<h2>Asked before deciding</h2>`}
    ${exchanges(rounds).map(
      ({ by, question, answer, answeredBy }) =>
        html`<div class="card">
          <p><strong>${plainText(by)}:</strong> <span class="value">${plainText(question)}</span></p>
          <p>
            ${answeredBy === undefined ? '' : html`<strong>${plainText(answeredBy)}:</strong> `}
            <span class="value">${plainText(answer)}</span>
          </p>
        </div>`,
    )}
  </section>`;
}
