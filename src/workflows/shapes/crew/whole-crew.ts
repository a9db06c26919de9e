/** A crew with all that was made for it, and a task of it with all that it goes on from. */
import type { AgentDefinition } from '../../../contracts/agent.js';
import type { CrewParts } from '../../../contracts/crew/check.js';
import type { TaskOutput } from '../../../contracts/crew/outcome.js';
import type { CrewTask } from '../../../contracts/crew/task.js';

export interface WholeCrew extends CrewParts {
  /** Judges guardrails in words. */
  readonly judge?: AgentDefinition | undefined;
}

export interface TaskOfCrew {
  readonly task: CrewTask;
  readonly crew: WholeCrew;
  /** What the placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** The outputs that the task is given. */
  readonly context: readonly TaskOutput[];
}
