/** What was asked before deciding, and answered. The page's script brings it up to date while answers come. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import { exchanges } from '../../client/text/conversation-text.js';
import type { Html } from './layout.js';
import { plainText } from './shown.js';

export function conversation({ conversation: rounds }: WaitingRequest): Html {
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
