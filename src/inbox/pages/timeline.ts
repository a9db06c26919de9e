/** The events of a run, as a list. */
import { html } from 'hono/html';
import { describeEvent } from '../../client/text/event-text.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { Html } from './layout.js';
import { renderExactMoment } from './moment.js';
import { toPlainText } from './shown.js';

export function renderTimeline(events: readonly TimelineEvent[]): Html {
  if (events.length === 0) return html`<p class="empty">Nothing has happened yet.</p>`;
  return html`<ol class="timeline">
    ${events.map((event) => {
      const { who, text, tone } = describeEvent(event);
      return html`<li class="${tone}" title="${event.path}">
        ${renderExactMoment(event.at)}
        <p><strong>${toPlainText(who)}</strong> ${toPlainText(text)}</p>
      </li>`;
    })}
  </ol>`;
}

export function renderLatestEvents(events: readonly TimelineEvent[], count: number): Html {
  return renderTimeline(events.filter(({ kind }) => kind !== 'context').slice(-count));
}
