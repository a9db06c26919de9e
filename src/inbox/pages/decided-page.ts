/** The past decisions of the visitor. */
import { html } from 'hono/html';
import { getOptionWords } from '../../client/text/option-words.js';
import { LATEST_RUNS, type PastDecision } from '../reading/past-decisions.js';
import { renderPage, type Frame, type Html } from './layout.js';
import { renderMoment } from './moment.js';
import { toPlainText } from './shown.js';
import { buildRunPath } from './waiting-page.js';

export function renderDecidedPage(
  decisions: readonly PastDecision[],
  command: string,
  frame: Omit<Frame, 'title'>,
): Html {
  return renderPage(
    { ...frame, title: 'Decided by me', here: 'decided' },
    html`<h1>Decided by me</h1>
      ${
        decisions.length === 0
          ? html`<p class="empty">Nothing yet.</p>`
          : html`<ol class="requests">
              ${decisions.map(renderDecisionRow)}
            </ol>`
      }
      <p class="hint">
        From the records of the latest ${LATEST_RUNS} runs, in the words of each run. To prove what you
        signed, use
        <code>${command} audit RUN</code>. Decisions of child agents are in the story of their run.
      </p>`,
  );
}

function renderDecisionRow({ workflowId, workflow, question, option, at, reason }: PastDecision): Html {
  return html`<li>
    <a class="request" href="${buildRunPath(workflowId)}">
      <span class="question">${toPlainText(question)}</span>
      <span class="meta">
        <span class="badge ${getOptionWords(option).tone === 'no' ? 'bad' : 'good'}">${option}</span>
        ${renderMoment(at)} <span>${workflow}</span>
        ${reason === undefined ? '' : html`<span>${toPlainText(reason)}</span>`}
      </span>
    </a>
  </li>`;
}
