/** Has the output of a task written into the file that the task names, by a worker. */
import { toOutputText } from '../../../contracts/crew/outcome.js';
import * as /* webpackDefer: true */ file from '../../../contracts/crew/output-file.js';
import { fillPlaceholders } from '../../../contracts/crew/placeholders.js';
import type { Json } from '../../../contracts/data/json.js';
import type { ToolDefinition } from '../../../contracts/definitions/tool.js';
import { perform } from '../../tools/perform.js';
import type { Run } from '../../runtime/run.js';
import type { TaskOfCrew } from './task-of-crew.js';

/** @throws {BatonError} `TOOL_FAILED` where the file is outside of the worker's folder, or cannot be written. */
export async function writeOutput(run: Run, { task, values }: TaskOfCrew, output: Json): Promise<void> {
  if (task.outputFile === undefined) return;
  const path = fillPlaceholders(task.outputFile, values);
  await perform(run, file.writeCrewOutput as unknown as ToolDefinition, {
    path,
    content: `${toOutputText(output)}\n`,
  });
}
