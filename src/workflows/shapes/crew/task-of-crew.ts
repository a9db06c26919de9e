/** A task of a crew with all that it goes on from. */
import type { CrewParts } from '../../../contracts/crew/check.js';
import type { TaskOutput } from '../../../contracts/crew/outcome.js';
import type { CrewTask } from '../../../contracts/crew/task.js';

export interface TaskOfCrew {
  readonly task: CrewTask;
  readonly crew: CrewParts;
  /** What the placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** The outputs that the task is given. */
  readonly context: readonly TaskOutput[];
}
