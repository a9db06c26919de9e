/**
 * The current details of a run in the Temporal Web UI: enough to see the pending requests and their approvers, and to
 * decide there.
 */
import { defined } from '../../contracts/data/defined.js';
import type { RunView } from '../../contracts/wire/run-view.js';
import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { ApprovalRequest, RequestedAction, RequestSummary } from '../../contracts/requests/approval.js';
import { makeVisible } from '../../contracts/data/visible-text.js';
import { indentText, toOneLine, toJsonText } from '../../contracts/data/untrusted-text.js';
import type { Json } from '../../contracts/data/json.js';
import { getOptionRow, needsReason } from '../../contracts/requests/decision-options.js';
import { describeOrigin, type OriginLine } from '../../contracts/requests/origin-text.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { formatSteps } from '../../contracts/wire/steps-text.js';
import { countBytes, toDetailsText } from '../../contracts/data/within-bytes.js';
import { DECIDE } from '../../contracts/wire/wire.js';

/** People do not decide more requests than this by pasting, and the space is limited. */
const SHOWN_WHOLE = 5;
/** The space for the arguments of these requests. */
const ARGUMENTS_BYTES = 2_000;

/** Five lines are visible without scrolling, so control and pending requests come first. */
export function showCurrentDetails(
  view: RunView,
  handoffs: readonly string[],
  requests: readonly ApprovalRequest[],
): void {
  const waits = view.pending.map(
    (request) => `- **${escape(request.question)}** (asked by ${escape(request.askedBy)}) \`${request.id}\``,
  );
  const active = view.active.slice(0, 8).map((step) => `${step.agent} (${step.doing})`);
  const ways = view.pending.slice(0, SHOWN_WHOLE).flatMap((request) => {
    const whole = requests.find(({ id }) => id === request.id);
    const shown = request.tool === undefined ? undefined : describeArguments(request, whole?.action);
    const { lines = [], whole: all = true } = shown ?? {};
    const from = describeOrigin(whole?.origin ?? request.origin).map(formatOrigin);
    return [
      '',
      `Where \`${request.id}\` comes from:`,
      '',
      ...from,
      ...describeHistory(whole),
      ...lines,
      ...describeDeciding(request, all),
    ];
  });
  setCurrentDetails(
    toDetailsText(
      [
        `**${view.owner}** has control${active.length > 0 ? `; at work: ${active.join(', ')}` : ''}.`,
        ...(waits.length > 0 ? ['', 'Waits for a person:', '', ...waits] : []),
        ...ways,
        ...(handoffs.length > 0 ? ['', '| handoff | why |', '|---|---|', ...handoffs.slice(-20)] : []),
        '',
        `${view.counts.modelCalls} model calls (${view.models.join(', ') || 'none yet'}), ${view.counts.toolCalls} tool calls, ${view.counts.handoffs} handoffs.`,
      ].join('\n'),
    ),
  );
}

function formatOrigin({ name, text, untrusted }: OriginLine): string {
  return untrusted ? `- **${name}: ${escape(text)}**` : `- ${name}: ${escape(text)}`;
}

function describeHistory(request: ApprovalRequest | undefined): string[] {
  if (request === undefined) return [];
  const { id, attempted = [], conversation = [], said = [], state } = request;
  const talk = conversation.flatMap(({ by, questions, answers = [] }) =>
    questions.map((question, index) => `${by} asked: ${question} Answer: ${answers[index] ?? 'none yet'}`),
  );
  const meanwhile = said.map(({ by = 'user', text }) => `${by} said since it was asked: ${text}`);
  if (attempted.length + talk.length + said.length === 0) return [];
  const steps = state === undefined ? '' : ` (${formatSteps(state.steps)} used)`;
  const lines = [...attempted, ...talk, ...meanwhile].map((line) => `- ${escape(line)}`);
  return ['', `Before \`${id}\`${steps}:`, '', ...lines];
}

/** The arguments, or how much there is to read elsewhere: no one approves arguments here that are not shown here. */
function describeArguments(
  { id, tool = '' }: RequestSummary,
  action: RequestedAction | undefined,
): { readonly lines: readonly string[]; readonly whole: boolean } {
  const text = action && makeVisible(toJsonText(action.args, 2));
  const bytes = text === undefined ? undefined : countBytes(text);
  if (text !== undefined && (bytes ?? 0) <= ARGUMENTS_BYTES) {
    return { lines: ['', `\`${tool}\` with:`, '', indentText(`    ${text}`, '    ')], whole: true };
  }
  const run = parseRequestId(id)?.workflowId ?? '';
  const size = bytes === undefined ? '' : `: ${bytes} bytes`;
  const line = `The arguments of \`${tool}\` are not shown here${size}. Open the request in the inbox, or \`baton show ${run}\`, before you approve it.`;
  return { lines: ['', line], whole: false };
}

/** The text to paste when decisions are unsigned; otherwise the command that signs. */
function describeDeciding({ id, digest, options, signed }: RequestSummary, shown: boolean): string[] {
  const plain = options.filter((option) => getOptionRow(option).declarable);
  const offered = plain.length > 0 ? plain : options.filter(isPasted).slice(0, 2);
  const chosen = shown ? offered : offered.filter((option) => getOptionRow(option).effect !== 'vote');
  if (signed)
    return ['', 'Decide with your key:', '', ...chosen.map((option) => `    ${formatCommand(option, id)}`)];
  const { workflowId } = workflowInfo();
  const owner = parseRequestId(id)?.workflowId ?? workflowId;
  const where = owner === workflowId ? '' : ` to the workflow \`${owner}\``;
  const inputs = chosen.map((option) => {
    const decision: Json = {
      request: id,
      option,
      ...(needsReason(option) ? { reason: 'why' } : {}),
      ...(getOptionRow(option).carries === 'answer' ? { answer: 'your answer' } : {}),
      ...defined({ digest }),
      by: 'your name',
    };
    // As code: no character of the decision may end the code block.
    return `    ${toJsonText(decision).replaceAll('`', '\\u0060')}`;
  });
  return ['', `“Send a Signal” named \`${DECIDE}\`${where} with one of:`, '', ...inputs];
}

/** Whether the option needs only a name, a reason or an answer. */
function isPasted(option: string): boolean {
  const { carries, effect } = getOptionRow(option);
  return (carries === undefined || carries === 'answer') && effect !== 'end';
}

function formatCommand(option: string, id: string): string {
  const { carries, ownCommand } = getOptionRow(option);
  const more = carries === 'answer' ? ' "your answer"' : needsReason(option) ? ' --reason "why"' : '';
  return ownCommand === false
    ? `baton decide ${id} --option ${option}${more}`
    : `baton ${option} ${id}${more}`;
}

function escape(text: string): string {
  return makeVisible(toOneLine(text.replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`)).replace(/\s+/g, ' '));
}
