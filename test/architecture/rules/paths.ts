/** Labels of step paths are written and read in one place: they key effects, so a second spelling could repeat one. */
import { at, isModule, lines, type Rule } from './rule.js';

/** The modules that own the grammar. */
const OWNERS = /^src\/contracts\/data\/(?:step-path|shown-path)\.ts$/;
const LABELS =
  'turn|again|asked|result|ask-back|clarify|question|repair|fan-out|step|interrupt|parallel|route|plan|recover';

/** A label that is numbered in a template, `/outcome` and its like below a path, or a pattern over either. */
const WRITTEN = new RegExp(
  [
    `[\`/](?:${LABELS})-\\$\\{`,
    '\\}/(?:outcome|recovery|person|specialist|asked|result)\\b',
    '[pP]ath\\}/\\$\\{',
    '[pP]lace\\}/\\$\\{',
    `(?:/|\\\\/|\\^)(?:${LABELS})-\\\\d`,
    "[pP]ath\\.(?:split|lastIndexOf)\\('/'",
    'r\\\\d\\+\\$/',
  ].join('|'),
);

export const PATH_RULES: readonly Rule[] = [
  {
    says: 'none but step-path writes or reads the label of a step',
    of: (path) => isModule(path) && !OWNERS.test(path) && !path.startsWith('bench/'),
    find: lines(WRITTEN),
    planted: {
      'a turn': at('src/workflows/agent/x.ts', 'const key = `${path}/turn-${turn}`;'),
      'a repeat': at('src/workflows/tools/x.ts', 'const step = `${action.path}/again-${attempt}`;'),
      'the question after an outcome': at('src/workflows/tools/x.ts', 'const asked = `${step}/outcome`;'),
      'a step below another': at(
        'src/workflows/handoff/x.ts',
        'const place = `${first.place}/${to}-${hop}`;',
      ),
      'a pattern': at('src/client/story/x.ts', 'const path = turnKey.replace(/\\/turn-\\d+$/, "");'),
      'a path taken apart': at('src/cli/pages/x.ts', "const parts = step.path.split('/');"),
      'the mark of an execution': at('src/cli/pages/x.ts', 'if (/^r\\d+$/.test(parent)) return;'),
    },
    innocent: at('src/workflows/agent/x.ts', 'const key = turnPath(path, turn);'),
  },
];
