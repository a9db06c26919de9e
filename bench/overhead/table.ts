/** The report for people. */
import { textTable } from '../command/text-table.js';
import { missedTargets, type Compared, type Report, type Target } from './report.js';
import type { Spread } from './statistics.js';

export function tableOf(report: Report): string {
  const { chains, parallel, memoryBytesPerRun: memory, targets } = report;
  const rows = [
    ['', 'bare Temporal', 'Baton', 'Baton ÷ bare', '95 %'],
    ...chains.map(({ steps, latencyMs }) => row(`latency, chain of ${steps}`, latencyMs, milliseconds)),
    row(
      `throughput, ${parallel.runs} runs of ${parallel.steps}`,
      parallel.runsPerSecond,
      (value) => `${value.toFixed(1)} runs/s`,
    ),
    ...chains.map(({ steps, historyBytes }) => row(`history, chain of ${steps}`, historyBytes, kilobytes)),
    ...chains.map(({ steps, workerCpuMs }) =>
      row(`worker's processor, chain of ${steps}`, workerCpuMs, milliseconds),
    ),
    row(`worker's processor, ${parallel.runs} runs of ${parallel.steps}`, parallel.workerCpuMs, milliseconds),
    row("worker's memory, an open run", memory, kilobytes),
  ];
  return [
    ...textTable(rows),
    '',
    `Baton, each step: ${count(report.modelCallsPerStep, 'model call')}, ${count(report.activitiesPerStep, 'activity', 'activities')}, ${count(report.eventsPerStep, 'event')}; ${kilobytes(report.storeBytesPerStep)} in its store, which is not in the history.`,
    `Medians of ${report.setup['rounds']}, quartiles in brackets. Node ${report.setup['node']}, ${report.setup['processors']} processors, ${report.setup['engine']}.`,
    '',
    ...Object.entries(targets).map(([name, target]) => verdict(name, target)),
    conclusion(missedTargets(report)),
  ].join('\n');
}

function verdict(name: string, { measured, wanted, met }: Target): string {
  return `${met ? '✓' : '✗'} ${name} ${Number(measured.toFixed(3))}, wanted ${wanted}`;
}

function conclusion(missed: readonly string[]): string {
  return missed.length === 0 ? 'Every target is reached.' : `Not reached: ${missed.join(', ')}.`;
}

function row(
  what: string,
  { bare, baton, ratio, interval }: Compared,
  unit: (value: number) => string,
): string[] {
  return [
    what,
    cell(bare, unit),
    cell(baton, unit),
    ratio.toFixed(2),
    interval.map((end) => end.toFixed(2)).join('–'),
  ];
}

function cell({ median, quartiles }: Spread, unit: (value: number) => string): string {
  return `${unit(median)} [${quartiles.map((value) => unit(value).replace(/ .*/, '')).join('–')}]`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function kilobytes(value: number): string {
  return `${(value / 1_000).toFixed(1)} kB`;
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${Number(value.toFixed(3))} ${value === 1 ? one : many}`;
}
