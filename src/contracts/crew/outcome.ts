/** The output of a crew, and the feedback that its agents receive. Data only. */
import type { Json } from '../data/json.js';
import type { CrewTask } from './task.js';

/** The output of one task. */
export interface TaskOutput {
  readonly name: string;
  /** The agent that did the task. */
  readonly agent: string;
  readonly output: Json;
}

/** The output of a crew. */
export interface CrewOutput<Final = unknown> {
  /** The output of the last task, as text. */
  readonly raw: string;
  /** Every task's output, in task order. */
  readonly tasks: readonly TaskOutput[];
  /** The output of the last task. */
  readonly final: Final;
}

/** The output type of a crew's last task. */
export type FinalOf<Tasks extends readonly CrewTask[]> = Tasks extends readonly [
  ...infer _Earlier,
  CrewTask<string, infer Out>,
]
  ? Out
  : unknown;

/** Why a task runs again, and its earlier output. */
export interface Feedback {
  /** The requested improvements. */
  readonly feedback: string;
  readonly previous: Json;
}

/** An output as text; anything but text becomes JSON. */
export function toOutputText(output: Json): string {
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2);
}
