/** The results, as a document and for people. */
import { textTable } from '../command/text-table.js';
import type { CorpusSize } from './corpus.js';
import type { Measured } from './measured-process.js';

export interface Report {
  readonly v: 1;
  readonly corpus: CorpusSize;
  readonly passages: number;
  /** The index file, in bytes. */
  readonly indexBytes: number;
  /** From nothing; then with nothing changed, all files touched, one file changed, one file gone. */
  readonly steps: Readonly<Record<'build' | 'unchanged' | 'touched' | 'changed' | 'removed', Measured>>;
  readonly targets: Readonly<
    Record<'seconds' | 'memory', { readonly wanted: string; readonly met: boolean }>
  >;
  readonly setup: { readonly node: string; readonly processors: number };
}

export function targetsOf({ seconds, peakRssBytes }: Measured): Report['targets'] {
  return {
    seconds: { wanted: '≤ 60 s for 50 MB', met: seconds <= 60 },
    memory: { wanted: '≤ 400 MB', met: peakRssBytes <= 400e6 },
  };
}

export function tableOf({ corpus, passages, indexBytes, steps, targets, setup }: Report): string {
  const rows = Object.entries(steps).map(([name, step]) => [
    name,
    `${step.seconds.toFixed(step.seconds < 10 ? 2 : 1)} s`,
    `${megabytes(step.peakRssBytes)} MB`,
    String(step.read),
    String(step.indexed),
    String(step.removed),
    `${step.searchMs.toFixed(0)} ms`,
  ]);
  const table = [['', 'time', 'memory', 'read', 'indexed', 'removed', 'a search'], ...rows];
  return [
    `${corpus.files.toLocaleString('en-US')} files, ${megabytes(corpus.bytes)} MB; ${passages.toLocaleString('en-US')} passages, index ${megabytes(indexBytes)} MB`,
    '',
    ...textTable(table),
    '',
    `Node ${setup.node}, ${setup.processors} processors.`,
    ...Object.entries(targets).map(([name, { wanted, met }]) => `${met ? '✓' : '✗'} ${name} ${wanted}`),
  ].join('\n');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
