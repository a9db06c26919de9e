/** A step of a run as it is drawn. */
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

export type StepState = 'working' | 'waiting' | 'done' | 'failed' | 'refused';

export interface Step {
  readonly path: string;
  /** The agent, the tool, or what kind of step it is. */
  label: string;
  kind: 'agent' | 'tool' | 'group' | 'request';
  state: StepState;
  /** UTC; when the first and last thing happened here. */
  startedAt?: string;
  endedAt?: string;
  readonly events: TimelineEvent[];
  readonly children: Step[];
  /** The subtask of a plan that it does. */
  readonly part?: string;
  /** What is being done right now. */
  doing?: string;
  /** How far that has come, where it tells. */
  progress?: string;
}
