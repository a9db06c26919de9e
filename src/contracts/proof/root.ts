/** The names by which a decision is bound to one run, one request and one action: digests that anybody can work out. */
import { defined } from '../data/defined.js';
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RootRun } from './claims.js';

/** What names a run in the store and in digests: the same after a reset, different for every run. */
export function toRootRun({ workflowId, firstExecutionRunId }: RootRun): string {
  return digest({ workflowId, firstExecutionRunId }).slice(0, 32);
}

/**
 * The id of the request that a workflow opens at a path of its run. A decision is bound to its step by this hash alone,
 * so it is long enough (96 bits) that nobody finds another step of the same name on which to spend it again.
 */
export function buildRequestId(
  { workflowId, root }: { readonly workflowId: string; readonly root: string },
  path: string,
): string {
  return `${workflowId}/${digest({ root, path }).slice(0, 24)}`;
}

/** What binds a decision to an action. Anybody can work it out: SHA-256 over RFC 8785 JSON. */
export function digestAction(action: {
  readonly request: string;
  readonly run: string;
  readonly tool: string;
  readonly args: Json;
}): string {
  const { request, run, tool, args } = action;
  return digest({ request, run, tool, args });
}

/** What binds a decision to a question that releases no action. */
export function digestQuestion(asked: {
  readonly request: string;
  readonly run: string;
  readonly question: string;
  readonly details?: string;
}): string {
  const { request, run, question, details } = asked;
  return digest({ request, run, question, ...defined({ details }) });
}
