/** The names by which a decision is bound to one run, one request and one action: digests that anybody can work out. */
import { defined } from '../data/defined.js';
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RequestOption, SaidMeanwhile } from '../requests/request-parts.js';
import { isOwnOption } from '../requests/decision-options.js';
import type { ApprovalRequest } from '../requests/approval.js';
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

/** An option in words that are not Baton's: whoever decides has read them, so they are bound too. */
export type DeclaredWords = Omit<RequestOption, 'label' | 'consequence'> &
  Partial<Pick<RequestOption, 'label' | 'consequence'>>;

/** Those of a request that are not Baton's own, as digests name them; undefined where there is none. */
export function listDeclared(options: readonly DeclaredWords[]): DeclaredWords[] | undefined {
  const declared = options.filter(({ id }) => !isOwnOption(id));
  if (declared.length === 0) return undefined;
  return declared.map(({ id, label, consequence, means }) => ({
    id,
    ...defined({ label, consequence, means }),
  }));
}

/** What is bound beside the action or the question: whoever decides has read it. */
export interface BoundWords {
  readonly options?: readonly DeclaredWords[] | undefined;
  readonly said?: readonly SaidMeanwhile[] | undefined;
  /** Who asked for the run, where that is proven. */
  readonly requester?: string | undefined;
}

function toBoundWords({ options = [], said = [], requester }: BoundWords) {
  const heard = said.map(({ text, by }) => ({ text, ...defined({ by }) }));
  return defined({ options: listDeclared(options), said: heard.length === 0 ? undefined : heard, requester });
}

/** What binds a decision to an action. Anybody can work it out: SHA-256 over RFC 8785 JSON. */
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

/** What binds a decision to a request as it stands. */
export function digestRequest(
  asked: BoundWords &
    Pick<ApprovalRequest, 'run' | 'question' | 'details' | 'action'> & { readonly id: string },
): string {
  const { id: request, run, question, details, action, ...bound } = asked;
  return action === undefined
    ? digestQuestion({ request, run, question, ...defined({ details }), ...bound })
    : digestAction({ request, run, ...action, ...bound });
}

/** What binds a decision to a question that releases no action. */
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
