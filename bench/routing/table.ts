/** The report for people. */
import { textTable } from '../command/text-table.js';
import { ROUTER_NAMES, type RouterName } from './decision.js';
import { SPLITS, type SplitName } from './measure.js';
import type { Report, SplitReport, Tally } from './report.js';
import { DESTINATIONS, HARDSHIPS } from './requests/request.js';

const TITLES: Readonly<Record<SplitName, string>> = {
  development: 'development (rules and descriptions were written looking at these)',
  heldOut: 'held out (written before them)',
};

export function tableOf({ routers, models, setup }: Report): string {
  return [
    ...SPLITS.flatMap((split) => [
      TITLES[split],
      ...textTable([
        ['', 'right', 'easy', 'hard', ...HARDSHIPS, 'decided', 'right where decided', 'model calls each'],
        ...ROUTER_NAMES.map((name) => row(name, routers[name][split])),
      ]),
      '',
    ]),
    ...ROUTER_NAMES.flatMap((name) => confusion(name, routers[name].heldOut)),
    `classifier: ${models.classifier}; similarity: ${models.similarity}.`,
    `Node ${setup.node}, ${setup.processors} processors, ${setup.engine}.`,
  ].join('\n');
}

function row(name: RouterName, report: SplitReport): string[] {
  const { all, easy, hard, byHardship, modelCallsPerDecision } = report;
  return [
    name,
    cell(all),
    percent(easy.accuracy),
    percent(hard.accuracy),
    ...HARDSHIPS.map((hardship) => percent(byHardship[hardship].accuracy)),
    percent(all.requests === 0 ? 0 : all.decided / all.requests),
    percent(all.rightWhereDecided),
    modelCallsPerDecision.toFixed(2),
  ];
}

/** A line for each label, a column for each place it was sent to. */
function confusion(name: RouterName, report: SplitReport): string[] {
  const columns = [...DESTINATIONS, 'keep'] as const;
  const rows = DESTINATIONS.map((label) => [
    label,
    ...columns.map((to) => String(report.confusion[label][to])),
  ]);
  const by = Object.entries(report.decidedBy).filter(([, times]) => times > 0);
  return [
    `${name}, held out: what it is (lines), where it was sent (columns)`,
    ...textTable([['', ...columns], ...rows]),
    `decided by ${by.map(([who, times]) => `${who} ${times}`).join(', ')}; ${report.failures} failed`,
    '',
  ];
}

function cell({ right, requests, accuracy }: Tally): string {
  return `${right}/${requests} ${percent(accuracy)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
