/**
 * Views and columns for the workflow list of the Temporal Web UI. It keeps both in the browser, not on the server, so
 * they are links, and a script for the browser's console.
 */
import { defined } from '../../contracts/data/defined.js';
import type { DocumentOf } from '../../schemas/catalog.js';
import type { Palette } from '../terminal/palette.js';
import type { Server } from '../session/session.js';

export interface WebUiView {
  readonly name: string;
  readonly query: string;
}

export const VIEWS: readonly WebUiView[] = [
  { name: 'Baton: waiting for a person', query: 'ExecutionStatus="Running" AND BatonState="waiting"' },
  {
    name: 'Baton: with a deadline',
    query: 'ExecutionStatus="Running" AND BatonState="waiting" AND BatonDeadline IS NOT NULL',
  },
  { name: 'Baton: at work', query: 'ExecutionStatus="Running" AND BatonState="running"' },
  { name: 'Baton: failed', query: 'ExecutionStatus="Failed" AND BatonAgent IS NOT NULL' },
];

const COLUMNS: readonly string[] = [
  'Status',
  'Workflow ID',
  'Type',
  'BatonState',
  'BatonWaitsFor',
  'BatonReason',
  'BatonDeadline',
  'BatonAgent',
  'BatonTeam',
  'Start',
];

/** Where versions of the Web UI keep saved views: until 2.42, and since. */
const VIEW_KEYS = ['saved-workflow-queries', 'saved-namespace-queries'];
const COLUMNS_KEY = 'namespace-workflow-table-columns';

/** The address of a view; undefined if the Web UI is not known. */
export function buildViewUrl({ uiUrl, namespace }: Server, { query }: WebUiView): string | undefined {
  if (uiUrl === undefined) return undefined;
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${encodeURIComponent(query)}`;
}

/** Adds the views to those of the browser, and sets the columns, for one namespace. Running it twice changes nothing more. */
export function renderViewScript(namespace: string): string {
  const views = VIEWS.map(({ name, query }) => ({ id: name, name, query, type: 'user' }));
  const columns = COLUMNS.map((label, index) => ({ label, pinned: index < 2 }));
  return [
    '(() => {',
    `  const namespace = ${JSON.stringify(namespace)};`,
    '  const change = (key, next) => {',
    "    const all = JSON.parse(localStorage.getItem(key) ?? '{}');",
    '    localStorage.setItem(key, JSON.stringify({ ...all, [namespace]: next(all[namespace] ?? []) }));',
    '  };',
    `  const views = ${JSON.stringify(views)};`,
    `  const columns = ${JSON.stringify(columns)};`,
    "  const isOther = ({ name }) => !name.startsWith('Baton: ');",
    `  for (const key of ${JSON.stringify(VIEW_KEYS)}) change(key, (own) => [...own.filter(isOther), ...views]);`,
    `  change('${COLUMNS_KEY}', () => columns);`,
    '  location.reload();',
    '})();',
  ].join('\n');
}

type WebUi = NonNullable<DocumentOf<'doctor'>['webUi']>;

export function buildWebUi(server: Server): WebUi {
  const views = VIEWS.map((view) => ({ ...view, ...defined({ url: buildViewUrl(server, view) }) }));
  return { views, script: renderViewScript(server.namespace) };
}

export function renderWebUi({ views, script }: WebUi, palette: Palette): string[] {
  return [
    '',
    palette.strong('Views of the workflow list in the Temporal Web UI'),
    ...views.flatMap(({ name, query, url }) => [`  ${name}`, `    ${url ?? query}`]),
    '',
    palette.strong(
      'To save them with the columns, run this in the console of the browser, on a page of the Web UI:',
    ),
    script,
  ];
}
