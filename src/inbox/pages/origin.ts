/** The origin of a request, as the run reports it: the task, the path of its handoffs, and the sources read. */
import { html } from 'hono/html';
import { describeOrigin, type OriginLine } from '../../contracts/requests/origin-text.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { renderFactRow, type Html } from './layout.js';
import { toPlainText } from './shown.js';

const NAMES: Readonly<Record<OriginLine['name'], string>> = {
  task: 'Task',
  handoff: 'Handoff',
  read: 'Read',
  origin: 'Origin',
};

/** Highlights the parts that outsiders may have influenced. */
export function renderOrigin({ origin }: WaitingRequest): Html {
  return html`<section aria-labelledby="origin-title" data-origin>
    <h2 id="origin-title">Where this comes from</h2>
    <dl class="facts">
      ${describeOrigin(origin).map(({ name, text, untrusted }) =>
        renderFactRow(
          NAMES[name],
          untrusted
            ? html`<span class="notice wait" data-untrusted>${toPlainText(text)}</span>`
            : html`${toPlainText(text)}`,
        ),
      )}
    </dl>
  </section>`;
}
