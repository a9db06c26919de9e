/** What somebody has decided. */
import { html } from 'hono/html';
import { optionWords } from '../../client/text/option-words.js';
import { LATEST_RUNS, type PastDecision } from '../reading/past-decisions.js';
import { page, type Frame, type Html } from './layout.js';
import { moment } from './moment.js';
import { plainText } from './shown.js';
import { runPath } from './waiting-page.js';

export function decidedPage(decisions: readonly PastDecision[], frame: Omit<Frame, 'title'>): Html {
  return page(
    { ...frame, title: 'Decided by me', here: 'decided' },
    html`<h1>Decided by me</h1>
      ${
        decisions.length === 0
          ? html`<p class="empty">Nothing yet.</p>`
          : html`<ol class="requests">
              ${decisions.map(decisionRow)}
            </ol>`
      }
      <p class="hint">
        Of the latest ${LATEST_RUNS} runs; decisions of specialists in workflows of their own stand in their
        runs’ stories.
      </p>`,
  );
}

function decisionRow({ workflowId, workflow, question, option, at, reason }: PastDecision): Html {
  return html`<li>
    <a class="request" href="${runPath(workflowId)}">
      <span class="question">${plainText(question)}</span>
      <span class="meta">
        <span class="badge ${optionWords(option).tone === 'no' ? 'bad' : 'good'}">${option}</span>
        ${moment(at)} <span>${workflow}</span>
        ${reason === undefined ? '' : html`<span>${plainText(reason)}</span>`}
      </span>
    </a>
  </li>`;
}
