/** The changes of an edit, shown before it is sent. */
import { html } from 'hono/html';
import type { Json } from '../../contracts/data/json.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { findDifference, type DiffLine } from '../deciding/difference.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';

const SIGNS = { same: ' ', gone: '-', new: '+' } as const;
const WORDS = { same: '', gone: 'removed: ', new: 'added: ' } as const;

export function renderDifference(before: Json, after: Json): Html {
  const lines = findDifference(before, after);
  if (lines.every(({ kind }) => kind === 'same'))
    return html`<p class="hint">Nothing is changed.</p>
      <input type="hidden" name="compared" value="${nameShown(after)}" />`;
  return html`<input type="hidden" name="compared" value="${nameShown(after)}" />
    <ol class="diff code" aria-label="What is changed">
      ${lines.map(renderLine)}
    </ol>`;
}

/** Names the arguments whose difference is shown, so that the form can send exactly these. */
export function nameShown(after: Json): string {
  return digest(JSON.stringify(after));
}

/** Why no comparison is possible yet. */
export function renderProblems(problems: readonly string[]): Html {
  return html`<ul class="notice bad">
    ${problems.map((problem) => html`<li>${problem}</li>`)}
  </ul>`;
}

/** In one piece, because white space counts here. */
function renderLine({ kind, text }: DiffLine): Html {
  const words = html`<span class="unseen">${WORDS[kind]}</span>`;
  return html`<li class="${kind}">
    <span aria-hidden="true">${SIGNS[kind]} </span>${words}<span>${toPlainText(text)}</span>
  </li>`;
}
