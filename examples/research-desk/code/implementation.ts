/** The implementation of `run_program` on a worker. */
import { implement, type ToolImplementation } from '@batonhq/baton/worker';
import { corpusFacts } from './corpus-facts.js';
import { runProgram } from './run-program.js';
import type { ProgramOutcome } from './outcome.js';
import { type RunProgramInput, runProgramTool } from './tool.js';

/** @param corpus returns the folder whose documents are counted; it may throw if the folder does not exist. */
export function runProgramImplementation(corpus: () => string): ToolImplementation {
  return implement(runProgramTool, (call, { signal }) => runOverCorpus(corpus, call, signal));
}

/** Counts the facts that a program requests, and runs the program on them. */
export async function runOverCorpus(
  corpus: () => string,
  { source, data, facts }: RunProgramInput,
  signal?: AbortSignal,
): Promise<ProgramOutcome> {
  const counted = facts === undefined ? null : await corpusFacts(corpus(), facts, { signal });
  const ended = await runProgram(source, { data: data ?? null, facts: counted }, { signal });
  if (counted === null || ended.outcome !== 'ok') return ended;
  const files = counted.packages.reduce((sum, each) => sum + each.files, 0);
  return { ...ended, over: { files, packages: counted.packages.filter(({ name }) => name !== '').length } };
}
