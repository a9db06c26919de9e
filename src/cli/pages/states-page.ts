/** The states of a graph as a page: one line a step, with its node, the next nodes, and the changes. */
import type { GraphStates, GraphStep } from '../../contracts/wire/graph-states.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import type { LineStyle } from '../terminal/palette.js';
import { countNames } from './draw-tree.js';
import { pluralize } from '../../client/text/plural.js';
import { escapeText } from '../terminal/escape-text.js';
import { formatTable } from '../terminal/table.js';

const COLUMNS = [
  { title: 'STEP' },
  { title: 'RAN' },
  { title: 'NEXT' },
  { title: 'CHANGED', flexible: true },
];

/** The maximum length of a step's changes; the JSON document has all of them. */
const LONGEST = 200;

export function renderStatesPage(told: GraphStates, style: LineStyle): string[] {
  const { graph, steps, left } = escapeText(told);
  const rows = steps.map((step, index) => [
    String(step.step),
    index === 0 && step.nodes.length === 0 ? 'begin' : step.nodes.join(', '),
    countNames(step.next.map(({ node }) => node)) || 'END',
    clip(findChanges(steps[index - 1], step), LONGEST),
  ]);
  const older =
    left === 0
      ? []
      : [
          style.palette.quiet(
            `${pluralize(left, 'step')} before these not kept here: older, or of the run that this one continues`,
          ),
        ];
  return [
    `${style.palette.strong(graph)}  ${pluralize(steps.length, 'state')}`,
    ...older,
    ...formatTable(COLUMNS, rows, style),
  ];
}

/** The keys of the state that differ from the step before. */
function findChanges(before: GraphStep | undefined, { state }: GraphStep): Json {
  if (!isJsonObject(state)) return state;
  const old = before !== undefined && isJsonObject(before.state) ? before.state : {};
  const keys = new Set([...Object.keys(state), ...Object.keys(old)]);
  const other = [...keys].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(state[key]));
  return Object.fromEntries(
    other.map((key) => [key, state[key] === '' ? '""' : key in state ? (state[key] ?? null) : '(cleared)']),
  );
}
