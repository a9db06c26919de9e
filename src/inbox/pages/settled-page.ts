/** A closed request and its outcome. */
import type { Story } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import { renderPage, type Frame, type Html } from './layout.js';
import { toPlainText } from './shown.js';
import { renderTimeline } from './timeline.js';
import { buildRunPath } from './waiting-page.js';

export function renderSettledPage(
  id: string,
  story: Story,
  next: string | undefined,
  frame: Omit<Frame, 'title'>,
): Html {
  const about = story.timeline.filter((event) => 'request' in event && event.request === id);
  const asked = about.find((event) => event.kind === 'asked');
  return renderPage(
    { ...frame, title: 'Closed request' },
    html`<p class="crumbs"><a href="/" data-up>Waiting</a> / <code>${id}</code></p>
      <h1>This request is closed</h1>
      ${asked?.kind === 'asked' ? html`<p class="prose">${toPlainText(asked.question)}</p>` : ''}
      ${renderTimeline(about.filter(({ kind }) => kind !== 'asked'))}
      <p class="buttons">
        ${next === undefined ? '' : html`<a class="button primary" href="${next}" data-next>Next request</a>`}
        <a class="button" href="/">Back to inbox</a>
        <a class="button" href="${buildRunPath(story.workflowId)}">The run’s story</a>
      </p>`,
  );
}
