/** The ids and digests that bind a decision to one run, one request and one action. Anyone can recompute them. */
import { defined } from '../data/defined.js';
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RequestOption, SaidMeanwhile } from '../requests/request-parts.js';
import { isOwnOption } from '../requests/decision-options.js';
import type { ApprovalRequest } from '../requests/approval.js';
import type { RootRun } from './claims.js';

/** The name of a run in the store and in digests: the same after a reset, different for every run. */
export function toRootRun({ workflowId, firstExecutionRunId }: RootRun): string {
  return digest({ workflowId, firstExecutionRunId }).slice(0, 32);
}

/**
 * The id of the request that a workflow opens at a path of its run. Only this hash binds a decision to its step. It has
 * 96 bits, so no one can find another step of the same name on which to spend the decision again.
 */
export function buildRequestId(
  { workflowId, root }: { readonly workflowId: string; readonly root: string },
  path: string,
): string {
  return `${workflowId}/${digest({ root, path }).slice(0, 24)}`;
}

/** An option whose text does not come from Baton. The approver has read the text, so the digest covers it. */
export type DeclaredWords = Omit<RequestOption, 'label' | 'consequence'> &
  Partial<Pick<RequestOption, 'label' | 'consequence'>>;

/** The custom options of a request, as digests contain them; undefined if there are none. */
export function listDeclared(options: readonly DeclaredWords[]): DeclaredWords[] | undefined {
  const declared = options.filter(({ id }) => !isOwnOption(id));
  if (declared.length === 0) return undefined;
  return declared.map(({ id, label, consequence, means }) => ({
    id,
    ...defined({ label, consequence, means }),
  }));
}

/** The content that the digest covers in addition to the action or the question: the approver has read it. */
export interface BoundWords {
  readonly options?: readonly DeclaredWords[] | undefined;
  readonly said?: readonly SaidMeanwhile[] | undefined;
  /** The requester of the run, if proven. */
  readonly requester?: string | undefined;
}

function toBoundWords({ options = [], said = [], requester }: BoundWords) {
  const heard = said.map(({ text, by }) => ({ text, ...defined({ by }) }));
  return defined({ options: listDeclared(options), said: heard.length === 0 ? undefined : heard, requester });
}

/** The digest that binds a decision to an action. Anyone can recompute it: SHA-256 over RFC 8785 JSON. */
export function digestAction(
  action: BoundWords & {
    readonly request: string;
    readonly run: string;
    readonly tool: string;
    readonly args: Json;
  },
): string {
  const { request, run, tool, args } = action;
  return digest({ request, run, tool, args, ...toBoundWords(action) });
}

/** The digest that binds a decision to a request in its current form. */
export function digestRequest(
  asked: BoundWords &
    Pick<ApprovalRequest, 'run' | 'question' | 'details' | 'action'> & { readonly id: string },
): string {
  const { id: request, run, question, details, action, ...bound } = asked;
  return action === undefined
    ? digestQuestion({ request, run, question, ...defined({ details }), ...bound })
    : digestAction({ request, run, ...action, ...bound });
}

/** The digest that binds a decision to a question without an action. */
export function digestQuestion(
  asked: BoundWords & {
    readonly request: string;
    readonly run: string;
    readonly question: string;
    readonly details?: string;
  },
): string {
  const { request, run, question, details } = asked;
  return digest({ request, run, question, ...defined({ details }), ...toBoundWords(asked) });
}
