/** The sign-in page. */
import { html } from 'hono/html';
import { renderAlert, renderPage, type Html } from './layout.js';

export interface SignIn {
  readonly token?: string;
  /** The person whom the link signs in. */
  readonly subject?: string | undefined;
  readonly next: string;
  readonly oidc: boolean;
  /** How to type `baton` where the page runs. */
  readonly command: string;
  readonly problem?: string;
}

export function renderSignInPage({ token, subject, next, oidc, command, problem }: SignIn): Html {
  return renderPage(
    { title: 'Sign in' },
    html`<section class="card narrow">
      <h1>Sign in</h1>
      ${problem === undefined ? '' : renderAlert('You are not signed in.', [problem])}
      ${token !== undefined && subject !== undefined ? withLink(token, subject, next) : withoutLink(oidc, next, command)}
    </section>`,
  );
}

/** A button, so that a program that only follows links does not use the one-time link. */
function withLink(token: string, subject: string, next: string): Html {
  return html`<p>This link lets you in as <strong>${subject}</strong>, once.</p>
    <form method="post" action="/sign-in">
      <input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="next" value="${next}" />
      <button class="primary" type="submit" autofocus>Sign in as ${subject}</button>
    </form>`;
}

function withoutLink(oidc: boolean, next: string, command: string): Html {
  return html`<p>This page lets people in by a link that is used once. Make one where the inbox runs:</p>
    <pre class="code">${command} inbox link --as you@example.com</pre>
    ${
      oidc
        ? html`<form method="post" action="/sign-in">
            <input type="hidden" name="next" value="${next}" />
            <label for="id-token">Or give an ID token of your issuer</label>
            <textarea
              id="id-token"
              name="id_token"
              rows="4"
              autocomplete="off"
              spellcheck="false"
              required
            ></textarea>
            <button class="primary" type="submit">Sign in</button>
          </form>`
        : ''
    }`;
}
