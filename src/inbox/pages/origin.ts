/** Where a request comes from: what was asked for, the way of the task, and what was read, as the run tells it. */
import { html } from 'hono/html';
import { describeOrigin } from '../../contracts/requests/origin-text.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';

/** What outsiders may have steered stands out. */
export function renderOrigin({ origin }: WaitingRequest): Html {
  return html`<section aria-labelledby="origin-title" data-origin>
    <h2 id="origin-title">Where this comes from</h2>
    <ul>
      ${describeOrigin(origin).map(({ name, text, untrusted }) =>
        untrusted
          ? html`<li class="notice wait" data-untrusted>
              <strong>${name}</strong> <span class="value">${toPlainText(text)}</span>
            </li>`
          : html`<li><strong>${name}</strong> <span class="value">${toPlainText(text)}</span></li>`,
      )}
    </ul>
  </section>`;
}
