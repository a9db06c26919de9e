/** Takes the measurements: one thing at a time, the sides in turn, each going first in every other round. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { RunRef } from './history.js';
import type { BenchOptions } from './options.js';
import { RESULT, SIDES, WORKFLOWS, type BySide, type Side } from './work.js';
import type { WorkerProcess } from '../command/worker-process.js';

export interface ChainSample {
  readonly ms: number;
  /** Processor time of the worker's process meanwhile. */
  readonly cpuMs: number;
  readonly modelCalls: number;
  readonly run: RunRef;
}

export interface ParallelSample {
  readonly ms: number;
  readonly cpuMs: number;
}

export interface Samples {
  /** By the number of steps. */
  readonly chains: ReadonlyMap<number, BySide<ChainSample[]>>;
  readonly parallel: BySide<ParallelSample[]>;
  /** How much the worker's process grew for each open run. */
  readonly heldBytes: BySide<number[]>;
}

export class Bench {
  private readonly client: Client;
  private readonly workers: BySide<WorkerProcess>;
  private readonly options: BenchOptions;
  private readonly progress: (line: string) => void;

  constructor(
    client: Client,
    workers: BySide<WorkerProcess>,
    options: BenchOptions,
    progress: (line: string) => void,
  ) {
    this.client = client;
    this.workers = workers;
    this.options = options;
    this.progress = progress;
  }

  async measure(): Promise<Samples> {
    const { chains, rounds, parallelSteps } = this.options;
    const samples = {
      chains: new Map(chains.map((steps) => [steps, { bare: [], baton: [] } as BySide<ChainSample[]>])),
      parallel: { bare: [], baton: [] } as BySide<ParallelSample[]>,
      heldBytes: { bare: [], baton: [] } as BySide<number[]>,
    };
    this.progress('warming up');
    for (const side of SIDES) await this.warmUp(side, parallelSteps);
    for (let round = 0; round < rounds; round += 1) {
      this.progress(`round ${round + 1} of ${rounds}`);
      for (const [steps, bySide] of samples.chains)
        for (const side of inTurn(round)) bySide[side].push(await this.chain(side, steps));
      for (const side of inTurn(round)) samples.parallel[side].push(await this.parallel(side));
    }
    // Last, as what stays open weighs on everything after it.
    this.progress('memory');
    const held: WorkflowHandleWithFirstExecutionRunId[] = [];
    // The first open runs take the place of what the closed ones gave back.
    for (const side of SIDES) await this.hold(side, held);
    for (let round = 0; round < rounds; round += 1)
      for (const side of inTurn(round)) samples.heldBytes[side].push(await this.hold(side, held));
    await Promise.all(held.map((run) => run.terminate()));
    return samples;
  }

  /** Code is compiled, connections are up and caches filled before anything counts. */
  private async warmUp(side: Side, steps: number): Promise<void> {
    for (let run = 0; run < Math.min(this.options.rounds, 5); run += 1) await this.chain(side, steps);
    await this.parallel(side);
  }

  private async chain(side: Side, steps: number): Promise<ChainSample> {
    const before = await this.workers[side].usage();
    const began = performance.now();
    const run = await this.start(side, WORKFLOWS.chain, steps);
    check(await run.result(), steps);
    const ms = performance.now() - began;
    const after = await this.workers[side].usage();
    return {
      ms,
      cpuMs: after.cpuMs - before.cpuMs,
      modelCalls: after.modelCalls - before.modelCalls,
      run: { workflowId: run.workflowId, runId: run.firstExecutionRunId },
    };
  }

  private async parallel(side: Side): Promise<ParallelSample> {
    const { parallelRuns, parallelSteps } = this.options;
    const before = await this.workers[side].usage();
    const began = performance.now();
    await Promise.all(
      Array.from({ length: parallelRuns }, async () => {
        const run = await this.start(side, WORKFLOWS.chain, parallelSteps);
        check(await run.result(), parallelSteps);
      }),
    );
    const ms = performance.now() - began;
    const after = await this.workers[side].usage();
    return { ms, cpuMs: after.cpuMs - before.cpuMs };
  }

  /** Opens more runs and sees how much the process has grown for each, garbage aside. */
  private async hold(side: Side, held: WorkflowHandleWithFirstExecutionRunId[]): Promise<number> {
    const { heldRuns } = this.options;
    const before = await this.swept(side);
    const opened = await Promise.all(
      Array.from({ length: heldRuns }, () => this.start(side, WORKFLOWS.held, null)),
    );
    held.push(...opened);
    await Promise.all(opened.map(waiting));
    return ((await this.swept(side)) - before) / heldRuns;
  }

  private async swept(side: Side): Promise<number> {
    const collected: unknown = await (await this.start(side, WORKFLOWS.sweep, null)).result();
    if (collected !== true) throw new Error(`The worker of ${side} could not collect its garbage.`);
    return (await this.workers[side].usage()).residentBytes;
  }

  private start(
    side: Side,
    workflow: string,
    input: unknown,
  ): Promise<WorkflowHandleWithFirstExecutionRunId> {
    return this.client.workflow.start(workflow, {
      taskQueue: this.workers[side].taskQueue,
      workflowId: `${side}-${workflow}-${randomUUID()}`,
      args: [input],
    });
  }
}

function inTurn(round: number): readonly Side[] {
  return round % 2 === 0 ? SIDES : SIDES.toReversed();
}

function check(characters: unknown, steps: number): void {
  const wanted = steps * RESULT.length;
  if (characters !== wanted)
    throw new Error(`A chain gave ${String(characters)} characters instead of ${wanted}.`);
}

/** A held run has done its step and waits when nothing of it is under way. */
async function waiting(run: WorkflowHandleWithFirstExecutionRunId): Promise<void> {
  for (;;) {
    const { raw, historyLength } = await run.describe();
    const busy = (raw.pendingActivities?.length ?? 0) > 0 || raw.pendingWorkflowTask;
    if (historyLength >= 10 && !busy) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
