/**
 * Shows a value from a model or a caller as text, never as markup, so that no two values look alike. Anything
 * except plain text is shown as JSON with escapes, so the script can read back the exact value.
 */
import { html } from 'hono/html';
import { isPlain, toVisibleJson } from '../../client/text/exact-text.js';
import { makeVisible } from '../../contracts/data/visible-text.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Html } from './layout.js';
import { renderMarkdown } from './markdown.js';

/** A text from outside, within a sentence or a title. */
export function toPlainText(text: string): string {
  return makeVisible(text.replace(/\t/g, ' '));
}

/** A value that the script reads back for the digest. */
function renderValue(value: Json): Html {
  return typeof value === 'string' && isPlain(value)
    ? html`<span class="value" data-shown="text">${value}</span>`
    : html`<span class="value code" data-shown="json">${toVisibleJson(value)}</span>`;
}

/** The arguments of an action: by name, if every argument has a plain name. */
export function renderArguments(args: Json): Html {
  const names = isJsonObject(args) ? Object.keys(args) : [];
  if (!isJsonObject(args) || names.length === 0 || !names.every(isPlain)) {
    return html`<div data-args="value">${renderValue(args)}</div>`;
  }
  const rows = Object.entries(args).map(
    ([name, value]) =>
      html`<div class="row">
        <dt><span data-name>${name}</span></dt>
        <dd>${renderValue(value)}</dd>
      </div>`,
  );
  return html`<dl class="args" data-args="fields">${rows}</dl>`;
}

/** A Markdown text that the script reads back for the digest. With a tricky character, it is shown as JSON. */
export function renderMarkdownText(text: string): Html {
  return isPlain(text) ? renderMarkdown(text) : renderText(text);
}

/** A text that the script reads back for the digest. */
export function renderText(text: string): Html {
  return isPlain(text)
    ? html`<span data-shown="text">${text}</span>`
    : html`<span class="code" data-shown="json">${toVisibleJson(text)}</span>`;
}
