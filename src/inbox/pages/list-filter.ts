/** The search and the filter of the waiting list, and the links to its pages. Plain forms and links, without a script. */
import { html } from 'hono/html';
import type { Inbox } from '../../schemas/documents/inbox.js';
import { buildListPath, isFiltered, listChoices, type WaitingFilter } from '../reading/waiting-filter.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';

const AGE_LABELS = { hour: 'over an hour', day: 'over a day', week: 'over a week' };

export function renderFilter({ requests }: Inbox, filter: WaitingFilter): Html {
  const choices = listChoices(requests);
  const select = (name: 'team' | 'role' | 'agent', label: string): Html | '' =>
    choices[name].length === 0 && filter[name] === ''
      ? ''
      : renderSelect(
          name,
          label,
          filter[name],
          choices[name].map((value) => [value, toPlainText(value)]),
        );
  return html`<form class="filter" method="get" action="/" role="search" aria-label="Filter the list">
    <div class="search">
      <label for="filter-q">Search</label>
      <input type="search" id="filter-q" name="q" maxlength="200" value="${filter.q}" />
    </div>
    ${select('team', 'Team')} ${select('role', 'Role')} ${select('agent', 'Agent')}
    ${renderSelect('older', 'Age', filter.older, Object.entries(AGE_LABELS))}
    <button type="submit">Filter</button>
    ${isFiltered(filter) ? html`<a class="button" href="/">Clear</a>` : ''}
  </form>`;
}

function renderSelect(
  name: string,
  label: string,
  chosen: string,
  choices: readonly (readonly [value: string, text: string])[],
): Html {
  const gone = chosen !== '' && !choices.some(([value]) => value === chosen);
  const all = gone ? [...choices, [chosen, toPlainText(chosen)] as const] : choices;
  return html`<div>
    <label for="filter-${name}">${label}</label>
    <select id="filter-${name}" name="${name}">
      <option value="">any</option>
      ${all.map(([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`)}
    </select>
  </div>`;
}

export function renderPaging(filter: WaitingFilter, page: number, pages: number): Html {
  const link = (to: number, text: string): Html | '' =>
    to < 1 || to > pages ? '' : html`<a class="button" href="${buildListPath(filter, to)}">${text}</a>`;
  return html`<nav class="buttons paging" aria-label="Pages of the list">
    ${link(page - 1, 'Previous')} <span>Page ${page} of ${pages}</span> ${link(page + 1, 'Next')}
  </nav>`;
}
