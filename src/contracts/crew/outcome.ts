/** What a crew gives, and what its agents are given. Data only. */
import type { Json } from '../data/json.js';
import type { CrewTask } from './task.js';

/** What came of one task. */
export interface TaskOutput {
  readonly name: string;
  /** Who did it. */
  readonly agent: string;
  readonly output: Json;
}

/** What a crew gives. */
export interface CrewOutput<Final = unknown> {
  /** The output of the last task, as text. */
  readonly raw: string;
  /** Every task's output, in their order. */
  readonly tasks: readonly TaskOutput[];
  /** The output of the last task. */
  readonly final: Final;
}

/** What the last of a crew's tasks gives. */
export type FinalOf<Tasks extends readonly CrewTask[]> = Tasks extends readonly [
  ...infer _Earlier,
  CrewTask<string, infer Out>,
]
  ? Out
  : unknown;

/** Why a task is done again, and what it gave. */
export interface Feedback {
  /** What is to be better. */
  readonly feedback: string;
  readonly previous: Json;
}

/** An output as text: what is no text, as JSON. */
export function toOutputText(output: Json): string {
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2);
}
