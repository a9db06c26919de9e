/** Independent work at the same time. Each branch numbers its own steps, so completion order changes no id. */
import { CancellationScope } from '@temporalio/workflow';
import { BatonError, createInputError } from '../../contracts/errors.js';
import type { Run } from './run.js';
import { buildBranchPath } from '../../contracts/data/step-path.js';

/** Work that may run in parallel with other work; it starts when it is called. */
export type Branch<T = unknown> = () => Promise<T>;
export type Results<Branches extends readonly Branch[]> = {
  -readonly [K in keyof Branches]: Branches[K] extends Branch<infer T> ? T : never;
};

/** The outcome of a branch that may fail alone: its value, or the coded failure. */
export type Collected<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: BatonError };
export type CollectedResults<Branches extends readonly Branch[]> = {
  -readonly [K in keyof Branches]: Branches[K] extends Branch<infer T> ? Collected<T> : never;
};

/**
 * Runs all branches at once and returns their results in the order of the branches.
 *
 * When one fails, the others are cancelled and waited for, and its error is thrown.
 */
export async function runParallel<T>(run: Pick<Run, 'scopes'>, branches: readonly Branch<T>[]): Promise<T[]> {
  const { begins, join } = start(run, branches);
  const scope = new CancellationScope();
  return scope.run(async () => {
    const running = begins.map((begin) => begin());
    try {
      const results = await Promise.all(running);
      join();
      return results;
    } catch (error) {
      scope.cancel();
      await Promise.allSettled(running);
      throw error;
    }
  });
}

/**
 * Runs all branches at once and returns the result of the first one to end, or throws its error. The others are cancelled
 * and waited for: their requests are withdrawn, and irreversible actions that have started are completed.
 */
export async function runRace<T>(run: Pick<Run, 'scopes'>, branches: readonly Branch<T>[]): Promise<T> {
  if (branches.length === 0) throw createInputError('race needs at least one branch.', {});
  const { begins, join } = start(run, branches);
  const scope = new CancellationScope();
  return scope.run(async () => {
    const running = begins.map((begin) => begin());
    try {
      return await Promise.race(running);
    } finally {
      scope.cancel();
      await Promise.allSettled(running);
      join();
    }
  });
}

/**
 * Runs all branches at once to their ends; a branch that fails with a code does not affect the others. A cancellation or an
 * error without a code, i.e. a defect of the orchestration, ends them as in `parallel`.
 */
export function collect(
  run: Pick<Run, 'scopes'>,
  branches: readonly Branch[],
): Promise<Collected<unknown>[]> {
  const collecting = branches.map((branch) => () => collectBranches(branch));
  return runParallel(run, collecting);
}

async function collectBranches(branch: Branch): Promise<Collected<unknown>> {
  try {
    return { ok: true, value: await branch() };
  } catch (error) {
    if (error instanceof BatonError) return { ok: false, error };
    throw error;
  }
}

interface Started<T> {
  readonly begins: readonly Branch<T>[];
  /** The surrounding code knows from then on what was done in the branches. */
  readonly join: () => void;
}

function start<T>(run: Pick<Run, 'scopes'>, branches: readonly Branch<T>[]): Started<T> {
  const path = run.scopes.next('parallel');
  const paths = branches.map((_branch, index) => buildBranchPath(path, index));
  const { finished } = run.scopes;
  return {
    begins: branches.map(
      (branch, index) => () => run.scopes.within(paths[index] ?? path, branch, branches.length),
    ),
    join: () => finished.join(paths),
  };
}
