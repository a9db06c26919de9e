/** What waits for a person, in one form, whether it was read from the run or from its memo. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import { getOptionRow, isOwnOption } from '../../contracts/requests/decision-options.js';
import { findOwnWording, type OptionNames } from '../../contracts/requests/option-wordings.js';
import { getOptionWords } from '../text/option-words.js';
import type { Client } from '@temporalio/client';
import type { ApprovalRequest, RequestSummary } from '../../contracts/requests/approval.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { pendingRequests } from '../runs/observe.js';

/** The whole requests, each asked for at the workflow that holds it; the summary where nobody answers. */
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

/** What Baton's own options are called and do is known here: a run may add to it, in its own words, and replaces nothing. */
function toShownOption(
  { id, label, consequence, means }: WaitingRequest['options'][number],
  names: OptionNames,
): WaitingRequest['options'][number] {
  if (!isOwnOption(id)) return { id, ...defined({ label, consequence, means }), declared: true };
  const own = getOptionRow(id);
  const released = names.tool === undefined ? undefined : getOptionWords(id).ofAction;
  // Which of Baton's wordings it is says the run; what it says, and that a yes is one, the table.
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
