/** What `run_program` does on a worker. */
import { implement, type ToolImplementation } from '@batonhq/baton/worker';
import { corpusFacts } from './corpus-facts.js';
import { runProgram } from './run-program.js';
import { runProgramTool } from './tool.js';

/** @param corpus gives the folder whose documents are counted; it may throw when there is none. */
export function runProgramImplementation(corpus: () => string): ToolImplementation {
  return implement(runProgramTool, async ({ source, data, facts }, { signal }) => {
    const counted = facts === undefined ? null : await corpusFacts(corpus(), facts, { signal });
    return runProgram(source, { data: data ?? null, facts: counted }, { signal });
  });
}
