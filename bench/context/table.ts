/** The report for people. */
import { textTable } from '../command/text-table.js';
import { missedTargets, type AtDepth, type AtWindow, type Report, type StrategyReport } from './report.js';

export function tableOf(report: Report): string {
  const { strategies, scenarios, handoffs, items, needs, naiveLengths, targets, setup } = report;
  const all = Object.entries(strategies);
  return [
    `${scenarios} scenarios, ${handoffs} handoffs; ${count(items)} findings, decisions and answers, needed ${count(needs)} times.`,
    '',
    ...textTable([
      ['', 'extracted', 'kept', 'redone', 'contradicted', 'asked again', 'tokens a handoff'],
      ...all.map(([name, of]) => row(name, of)),
    ]),
    '',
    'Kept, by how many handoffs lie between:',
    ...across(all, ({ byDepth }) => byDepth.map((part) => [String(part.depth), part])),
    '',
    'Kept, by the window in tokens:',
    ...across(all, ({ byWindow }) => byWindow.map((part) => [count(part.window), part])),
    '',
    'The naive summary, made shorter and longer:',
    ...textTable([['', 'extracted', 'kept', 'tokens a handoff'], ...naiveLengths.map(lengthRow)]),
    '',
    `The definitions of the tools by which Baton's agents hand off and accept: ${count(strategies.baton.toolTokensPerHandoff)} more tokens.`,
    `Summaries by ${setup.sender}; tokens by ${setup.countedBy}; ${setup.seconds.toFixed(0)} s; Node ${setup.node}.`,
    ...Object.entries(targets).map(
      ([name, { measured, wanted, met }]) =>
        `${met ? '✓' : '✗'} ${name} ${Number(measured.toFixed(3))}, wanted ${wanted}`,
    ),
    conclusion(missedTargets(report)),
  ].join('\n');
}

function row(name: string, of: StrategyReport): string[] {
  const shares = [of.extracted, of.kept, of.redone, of.contradicted, of.askedAgain].map(percent);
  return [name, ...shares, count(of.tokensPerHandoff)];
}

function lengthRow({ share, extracted, kept, tokensPerHandoff }: Report['naiveLengths'][number]): string[] {
  return [`× ${share}`, percent(extracted), percent(kept), count(tokensPerHandoff)];
}

/** One line for each depth or window, one column for each strategy. */
function across(
  all: readonly (readonly [string, StrategyReport])[],
  partsOf: (of: StrategyReport) => (readonly [string, AtDepth | AtWindow])[],
): string[] {
  const columns = all.map(([, of]) => partsOf(of));
  const lines = (columns[0] ?? []).map(([head], index) => [
    head,
    ...columns.map((column) => percent(column[index]?.[1].kept ?? 0)),
  ]);
  return textTable([['', ...all.map(([name]) => name)], ...lines]);
}

function conclusion(missed: readonly string[]): string {
  return missed.length === 0 ? 'Every target is reached.' : `Not reached: ${missed.join(', ')}.`;
}

/** A share below 1 is never rounded up to 100 %. */
function percent(share: number): string {
  const text = (share * 100).toFixed(1);
  return text === '100.0' && share < 1 ? '99.9 %' : `${text} %`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
