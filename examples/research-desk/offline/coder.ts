/**
 * The coder without a provider: it chooses a ready-made program by the form of the question, runs it, and
 * reports which one. It writes no program itself.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { clip } from '../clip.js';
import type { Computation, Counted } from '../code/computation.js';
import { ProgramOutcome } from '../code/outcome.js';
import { Count } from '../code/program-sources.js';
import { type PickedProgram, pickProgram } from '../code/programs.js';
import { uncountable } from '../code/uncountable.js';
import { runProgramTool } from '../code/tool.js';
import { Assignment } from '../shapes.js';
import { asJson } from './as-json.js';
import { toolResults } from './tool-results.js';

const MAX_ROWS = 10;

export const code: OfflineAnswer = (request) => {
  const { subtask } = Assignment.parse(request.input);
  const picked = pickProgram(subtask.task);
  if (picked === undefined) return { output: asJson(gap(subtask.id, uncountable(subtask.task))) };
  const [result] = toolResults(request.messages, runProgramTool.name);
  if (result === undefined) return { toolCalls: [{ name: runProgramTool.name, args: asJson(picked.args) }] };
  return { output: asJson(countedFrom(subtask.id, picked, result)) };
};

function countedFrom(id: string, picked: PickedProgram, result: unknown): Counted {
  const ended = ProgramOutcome.safeParse(result).data;
  const count = ended?.outcome === 'ok' ? Count.safeParse(ended.value).data : undefined;
  if (ended?.outcome !== 'ok' || count === undefined)
    return gap(id, `The program "${picked.program}" gave no number: ${reasonOf(ended, result)}`);
  const computation: Computation = {
    id,
    claim: `${count.answer} Counted by the program "${picked.program}" over ${ended.over?.files ?? 0} files.`,
    says: picked.says,
    program: picked.program,
    call: picked.args,
    number: count.number,
    rows: count.rows.slice(0, MAX_ROWS),
  };
  return { subtask: id, computations: [computation], gaps: [] };
}

function gap(subtask: string, why: string): Counted {
  return { subtask, computations: [], gaps: [why] };
}

function reasonOf(ended: ProgramOutcome | undefined, result: unknown): string {
  if (ended === undefined) return clip(String(result), 200);
  return 'message' in ended ? `${ended.outcome}: ${ended.message}` : ended.outcome;
}
