/** What is done when an agent's work on a task fails. */
import { fromFailure } from '../failures.js';
import type { Run } from '../run.js';
import type { Next, Task } from './task.js';

/** @throws what the work failed with, where nothing is declared that could mend it. */
export function recovered(
  _run: Run,
  _task: Task,
  error: unknown,
  _place: (to: string) => string,
): Promise<Next> {
  return Promise.reject(fromFailure(error));
}
