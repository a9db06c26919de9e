/** One fact of a list: its name, and what is known. */
import { html } from 'hono/html';
import type { Html } from './layout.js';

export function renderFactRow(name: string, content: Html | string | undefined): Html {
  if (content === undefined) return html``;
  return html`<div>
    <dt>${name}</dt>
    <dd>${content}</dd>
  </div>`;
}
