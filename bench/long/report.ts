/** The report of a long conversation, and whether it reaches its targets. */
import type { Execution } from './chain.js';
import type { LongOptions } from './options.js';

const MB = 1_000_000;

export interface Report {
  readonly turns: number;
  /** The bytes that the server keeps for each model call: the steps of the model and of its tool call. */
  readonly historyBytesPerCall: number;
  /** Of the largest execution. */
  readonly maxHistoryBytes: number;
  readonly continuedAsNew: number;
  /** The worker's process in the last quarter of the conversation, median. */
  readonly workerMemoryMb: number;
  /** The same, as a multiple of the second quarter: the first one warms up. */
  readonly workerMemoryGrowth: number;
  readonly modelCalls: number;
  readonly executions: readonly {
    readonly bytes: number;
    readonly events: number;
    readonly modelCalls: number;
  }[];
  readonly setup: { readonly node: string; readonly engine: string; readonly answerBytes: number };
  /** By name, what was wanted and whether it was reached. */
  readonly targets: Readonly<
    Record<string, { readonly measured: number; readonly atMost: number; readonly met: boolean }>
  >;
}

export function makeReport(
  { turns }: LongOptions,
  measured: {
    readonly executions: readonly Execution[];
    /** In bytes, in the order in which they were taken. */
    readonly memory: readonly number[];
    readonly engine: string;
    readonly answerBytes: number;
  },
): Report {
  const { executions, memory, engine, answerBytes } = measured;
  const modelCalls = sum(executions.map((each) => each.modelCalls));
  const historyBytesPerCall = Math.round(sum(executions.map(({ bytes }) => bytes)) / Math.max(1, modelCalls));
  const maxHistoryBytes = Math.max(...executions.map(({ bytes }) => bytes));
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const second = median(memory.length < 4 ? memory : memory.slice(quarter, 2 * quarter));
  const last = median(memory.slice(-quarter));
  const workerMemoryGrowth = Number((last / second).toFixed(3));
  const target = (value: number, atMost: number) => ({ measured: value, atMost, met: value <= atMost });
  return {
    turns,
    historyBytesPerCall,
    maxHistoryBytes,
    continuedAsNew: executions.length - 1,
    workerMemoryMb: Math.round(last / MB),
    workerMemoryGrowth,
    modelCalls,
    executions: executions.map(({ bytes, events, modelCalls: calls }) => ({
      bytes,
      events,
      modelCalls: calls,
    })),
    setup: { node: process.versions.node, engine, answerBytes },
    targets: {
      historyBytesPerCall: target(historyBytesPerCall, 8_000),
      maxHistoryBytes: target(maxHistoryBytes, 10 * MB),
      workerMemoryGrowth: target(workerMemoryGrowth, 1.25),
    },
  };
}

export function missed({ targets }: Report): string[] {
  return Object.entries(targets).flatMap(([name, { met }]) => (met ? [] : [name]));
}

export function tableOf(report: Report): string {
  const { turns, modelCalls, continuedAsNew, workerMemoryMb, executions, setup, targets } = report;
  return [
    `${turns} turns, ${modelCalls} model calls, answers and results of ${setup.answerBytes} bytes. Node ${setup.node}, ${setup.engine}.`,
    `${continuedAsNew + 1} executions: ${executions.map(({ bytes }) => `${(bytes / MB).toFixed(1)} MB`).join(', ')}.`,
    `The worker's memory: ${workerMemoryMb} MB in the last quarter.`,
    '',
    ...Object.entries(targets).map(
      ([name, { measured, atMost, met }]) => `${met ? '✓' : '✗'} ${name} ${measured}, at most ${atMost}`,
    ),
  ].join('\n');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
