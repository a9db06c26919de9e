/** The heading of a request's page: what is asked, and the amount of money that it is about. */
import { html } from 'hono/html';
import { findAmounts } from '../../client/text/request-text.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Html } from './layout.js';
import { renderText, toPlainText } from './shown.js';

/** The title is the developer's own text, which no digest covers: the amount below it comes from the arguments. */
export function renderHeading({ title, question }: WaitingRequest): Html {
  const asked = renderText(question);
  if (title === undefined) return html`<h1 data-fact="question">${asked}</h1>`;
  return html`<h1>${toPlainText(title)}</h1>
    <p class="lead" data-fact="question">${asked}</p>`;
}

/** The script works the amounts out again from the arguments that are shown. */
export function renderAmounts(request: WaitingRequest): Html | '' {
  const amounts = findAmounts(request);
  if (amounts.length === 0) return '';
  return html`<ul class="amounts" aria-label="Amount">
    ${amounts.map(
      ({ name, text }) =>
        html`<li>
          <strong data-amount>${text}</strong>
          ${name === undefined ? '' : html`<span class="hint">(argument ${toPlainText(name)})</span>`}
        </li>`,
    )}
  </ul>`;
}
