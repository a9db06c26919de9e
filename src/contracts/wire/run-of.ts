/** Which run a workflow belongs to, by what the server tells of it. */
import { SPECIALIST } from './wire.js';

/**
 * The parent for a specialist's own workflow, else the workflow itself. An orchestration that somebody else's workflow has
 * as a child is a run of its own.
 */
export function toExecution<Execution>(
  type: string | null | undefined,
  own: Execution,
  parent: NoInfer<Execution> | null | undefined,
): Execution {
  return type === SPECIALIST ? (parent ?? own) : own;
}
