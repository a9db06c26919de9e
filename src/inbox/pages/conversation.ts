/** The questions about a request before its decision, and their answers. */
import { html } from 'hono/html';
import { listExchanges } from '../../client/text/request-text.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';

/** The page's script updates it when answers arrive. */
export function renderConversation({ conversation: rounds }: WaitingRequest): Html {
  return html`<section aria-label="Asked before deciding" aria-live="polite" data-renewed="conversation">
    ${rounds === undefined ? '' : html`<h2>Asked before deciding</h2>`}
    ${listExchanges(rounds).map(
      ({ by, question, answer, answeredBy }) =>
        html`<div class="card">
          <p><strong>${toPlainText(by)}:</strong> <span class="value">${toPlainText(question)}</span></p>
          <p>
            ${answeredBy === undefined ? '' : html`<strong>${toPlainText(answeredBy)}:</strong> `}
            <span class="value">${toPlainText(answer)}</span>
          </p>
        </div>`,
    )}
  </section>`;
}
