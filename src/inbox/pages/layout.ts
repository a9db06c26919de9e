/** The frame of every page. */
import { html } from 'hono/html';
import type { ErrorCode } from '../../contracts/errors.js';
import type { Notice, Visitor } from '../access/sessions.js';

/** Markup in which all text from outside is escaped. */
export type Html = ReturnType<typeof html>;

export interface Frame {
  readonly title: string;
  readonly visitor?: Visitor | undefined;
  readonly notice?: Notice | undefined;
  /** Which main page this is. */
  readonly here?: 'waiting' | 'decided';
  /** The stream that the page's script follows, e.g. `/events`. */
  readonly live?: string;
  /** Whether this page can sign decisions. */
  readonly signs?: boolean;
  /** Whether the displayed request requires a signature. */
  readonly proven?: boolean;
}

export function renderPage(frame: Frame, body: Html): Html {
  const { title, visitor, here, live, notice } = frame;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Baton</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <script type="module" src="/assets/page.js"></script>
      </head>
      <body ${live === undefined ? '' : html`data-live="${live}"`}>
        <a class="skip" href="#main">Skip to content</a>
        ${visitor ? renderHeader(visitor, here) : ''}
        <main id="main" tabindex="-1">
          ${notice ? html`<p class="notice ${notice.tone}" role="status">${notice.text}</p>` : ''} ${body}
          <p id="told" class="unseen" role="status" aria-live="polite"></p>
        </main>
        ${visitor ? renderFooter(frame) : ''}
      </body>
    </html>`;
}

function renderHeader({ subject, csrf, session }: Visitor, here: Frame['here']): Html {
  return html`<header class="top">
    <a class="brand" href="/">Baton</a>
    <nav aria-label="Pages">
      <a href="/" ${here === 'waiting' ? html`aria-current="page"` : ''}>Waiting</a>
      <a href="/decided" ${here === 'decided' ? html`aria-current="page"` : ''}>Decided by me</a>
    </nav>
    <form class="who" method="post" action="/sign-out">
      <input type="hidden" name="csrf" value="${csrf}" />
      <span class="subject" title="Signed in as ${subject}">${subject}</span>
      ${session === undefined ? '' : html`<button class="quiet" type="submit">Sign out</button>`}
    </form>
  </header>`;
}

function renderFooter(frame: Frame): Html {
  return html`<footer>
      <p>${renderMode(frame)}</p>
      <p>
        <button class="quiet" type="button" data-help hidden>Keys: <kbd>?</kbd></button>
      </p>
    </footer>
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        ${KEYS.map(
          ([keys, does]) =>
            html`<div>
              <dt>${keys}</dt>
              <dd>${does}</dd>
            </div>`,
        )}
      </dl>
      <form method="dialog"><button type="submit">Close</button></form>
    </dialog>`;
}

/** Matches the keys that the page's script listens to. */
const KEYS = [
  [html`<kbd>j</kbd> <kbd>k</kbd>`, 'next, previous request'],
  [html`<kbd>Enter</kbd>`, 'open it'],
  [html`<kbd>a</kbd>`, 'to approving, or to the first option'],
  [html`<kbd>r</kbd>`, 'to rejecting, or declining'],
  [html`<kbd>e</kbd>`, 'to editing, or answering'],
  [html`<kbd>u</kbd>`, 'back to the inbox'],
  [html`<kbd>?</kbd>`, html`this list; <kbd>Esc</kbd> closes it`],
] as const;

/** States whether decisions are signed, so that nobody takes a claim for a proof. */
function renderMode({ signs = false, proven }: Frame): Html {
  if (proven === true)
    return signs
      ? html`Decisions on this are signed, and proven to the run.`
      : html`<strong>Signed decisions only:</strong> this page has no key, so that nothing can be decided on
          this here.`;
  if (proven === undefined)
    return signs
      ? html`Decisions are signed here, where the run asks for that.`
      : html`<strong>Unsigned decisions:</strong> a decision made on this page is a claim, and counts only
          where a run takes claims.`;
  return html`<strong>Unauthenticated:</strong> who decides is claimed by this page, and not proven to the
    run.`;
}

/** An error, as a separate page or above a form. */
export function renderAlert(title: string, lines: readonly string[]): Html {
  return html`<div class="notice bad" role="alert" tabindex="-1" data-focus>
    <p><strong>${title}</strong></p>
    ${
      lines.length === 0
        ? ''
        : html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }
  </div>`;
}

/** A failure with its code, and a link to continue. */
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
      <p><a class="button" href="/">Back to inbox</a></p>
    </section>`,
  );
}

/** One fact of a list: its name and its value. */
export function renderFactRow(name: string, content: Html | string | undefined): Html {
  if (content === undefined) return html``;
  return html`<div>
    <dt>${name}</dt>
    <dd>${content}</dd>
  </div>`;
}
