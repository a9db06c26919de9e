/** What went wrong, with its code, and the way on. */
import { html } from 'hono/html';
import type { ErrorCode } from '../../contracts/errors.js';
import type { Visitor } from '../access/sessions.js';
import { renderPage, type Html } from './layout.js';

export function renderErrorPage(
  failure: { readonly code: ErrorCode | 'UNEXPECTED' | 'NOT_FOUND'; readonly message: string },
  visitor: Visitor | undefined,
): Html {
  const { code, message } = failure;
  return renderPage(
    { title: code, visitor },
    html`<section class="card narrow">
      <h1>That did not work</h1>
      <p class="prose">${message}</p>
      <p><code>${code}</code></p>
      <p><a class="button" href="/">To what waits</a></p>
    </section>`,
  );
}
