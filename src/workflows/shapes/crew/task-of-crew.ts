/** A task of a crew with all of its input. */
import type { CrewParts } from '../../../contracts/crew/check.js';
import type { TaskOutput } from '../../../contracts/crew/outcome.js';
import type { CrewTask } from '../../../contracts/crew/task.js';

export interface TaskOfCrew {
  readonly task: CrewTask;
  readonly crew: CrewParts;
  /** The values of the placeholders. */
  readonly values: Readonly<Record<string, string>>;
  /** The outputs that the task gets. */
  readonly context: readonly TaskOutput[];
}
