/** The summary of a request for lists and the memo. */
import type { ApprovalRequest, RequestedAction, RequestSummary } from './approval.js';
import { defined } from '../data/defined.js';
import { clip } from '../data/preview.js';
import { listAmounts } from './amounts.js';
import { summarizeOrigin } from './bound-origin.js';

/** The summary of a request for lists and the memo: bounded in size. */
export function summarizeRequest(request: ApprovalRequest): RequestSummary {
  const { deadline, onExpiry, escalates, reminded, claim } = request;
  const yes = request.options.filter(({ means }) => means === 'approve').map(({ id }) => id);
  return {
    id: request.id,
    reason: request.reason,
    question: clip(request.question, 300),
    ...defined({ title: request.title }),
    askedBy: request.askedBy,
    ...(request.askedOf ? { askedOf: request.askedOf } : {}),
    path: request.path,
    ...(request.action ? summarizeAction(request.action) : {}),
    ...(request.digest ? { digest: request.digest } : {}),
    revision: request.revision,
    ...defined({ signed: request.signed, requester: request.requester, needs: request.needs }),
    ...(request.votes ? { voted: request.votes.length } : {}),
    ...(request.said ? { news: request.said.length } : {}),
    options: request.options.map((option) => option.id),
    askedAt: request.askedAt,
    ...defined({ deadline, onExpiry, escalates, reminded, claim }),
    ...(yes.length === 0 ? {} : { yes }),
    ...(request.origin ? { origin: summarizeOrigin(request.origin) } : {}),
  };
}

function summarizeAction({ tool, args }: RequestedAction): Partial<RequestSummary> {
  return { tool, argsPreview: clip(args, 500), ...defined({ amount: listAmounts(args)[0]?.text }) };
}
