/** A pending request in one form, from the run or from its memo. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import { getOptionRow, isOwnOption } from '../../contracts/requests/decision-options.js';
import { findOwnWording, type OptionNames } from '../../contracts/requests/option-wordings.js';
import { getOptionWords } from '../text/option-words.js';
import type { Client } from '@temporalio/client';
import type { ApprovalRequest, RequestSummary } from '../../contracts/requests/approval.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { pendingRequests } from '../runs/observe.js';

/** The whole requests, from the workflows that own them; the summary if the worker is unavailable. */
export async function readWholeRequests(
  client: Client,
  summaries: readonly RequestSummary[],
): Promise<WaitingRequest[]> {
  const owners = new Set(summaries.flatMap(({ id }) => parseRequestId(id)?.workflowId ?? []));
  const answers = await Promise.all(
    [...owners].map((owner) => pendingRequests(client, owner).catch(() => undefined)),
  );
  const whole = new Map(
    answers.flatMap((requests) => requests ?? []).map((request) => [request.id, request]),
  );
  return summaries.map((summary) => {
    const request = whole.get(summary.id);
    return request ? fromRequest(request) : fromSummary(summary);
  });
}

export function fromRequest(request: ApprovalRequest): WaitingRequest {
  const { v: _version, action, reminds: _reminds, ...rest } = request;
  return {
    ...rest,
    whole: true,
    ...(action ? { tool: action.tool, args: action.args } : {}),
    options: request.options.map((option) => toShownOption(option, { ...request, tool: action?.tool })),
  };
}

/** The client knows the label and effect of Baton's own options. A run may add text, but can't replace them. */
function toShownOption(
  { id, label, consequence, means }: WaitingRequest['options'][number],
  names: OptionNames,
): WaitingRequest['options'][number] {
  if (!isOwnOption(id)) return { id, ...defined({ label, consequence, means }), declared: true };
  const own = getOptionRow(id);
  const released = names.tool === undefined ? undefined : getOptionWords(id).ofAction;
  // The run says which of Baton's wordings applies; the table supplies the text, and which option approves.
  const wording = findOwnWording(id, defined({ label, consequence }), names);
  if (wording !== undefined && (released === undefined || wording.consequence?.includes('{tool}')))
    return { id, ...defined({ label, consequence }) };
  if (wording !== undefined) return { id, label: own.label, consequence: `${released} ${consequence}` };
  const more = [label === own.label ? '' : `${label}.`, consequence === own.consequence ? '' : consequence];
  const added = label === undefined ? '' : more.filter((text) => text !== '').join(' ');
  return {
    id,
    label: own.label,
    consequence: released ?? own.consequence,
    ...(added === '' ? {} : { added }),
  };
}

export function fromSummary({ yes = [], ...summary }: RequestSummary): WaitingRequest {
  const options = summary.options.map((id) =>
    toShownOption(yes.includes(id) ? { id, means: 'approve' } : { id }, summary),
  );
  return { ...summary, whole: false, options };
}
