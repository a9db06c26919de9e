/** The inbox as lines: a table if it fits, else two lines for each request. */
import { nameCommand } from '../../project/command-name.js';
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import { quoteWord, readCommandName } from '../terminal/command-name.js';
import type { LineStyle, Palette } from '../terminal/palette.js';
import { escapeToLines } from '../terminal/escape-text.js';
import { describeStuck } from '../../client/text/health-text.js';
import { describeAsker, UNAUTHENTICATED_TEXT, UNREADABLE_TEXT } from '../../client/text/request-text.js';
import { READ_UNTRUSTED } from '../../contracts/requests/origin-text.js';
import { pluralize } from '../../client/text/plural.js';
import { formatTable } from '../terminal/table.js';
import { toOneLine, truncate, measureWidth, wrap, wrapUnder } from '../terminal/text-width.js';
import { formatAge, formatSpan, formatUntilDeadline } from '../../client/text/time.js';

/** The width is infinite when the output is piped. */
export interface InboxStyle extends LineStyle {
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** In a narrower terminal, the question and the sender would be cut too short to recognise. */
const ROOM_FOR_WORDS = 44;

export function renderInboxPage(told: Inbox, style: InboxStyle): string[] {
  const inbox = escapeToLines(told);
  const { palette } = style;
  const { requests, unnamed, unreadable } = inbox;
  if (requests.length + unnamed.length + unreadable.length === 0) return ['No pending requests.'];
  return [
    ...(requests.length === 0 ? [] : [...formatRequests(requests, style), '']),
    ...formatUnnamed(inbox, style),
    ...formatProof(inbox, style),
    ...wrap(
      `Decide: ${readCommandName()} inbox --decide, or ${readCommandName()} approve REQUEST, or ${readCommandName()} reject REQUEST --reason "…"`,
      Math.min(style.width, 120),
    ).map(palette.quiet),
  ];
}

function formatRequests(requests: readonly InboxRequest[], style: InboxStyle): string[] {
  const fixed =
    Math.max(...requests.map(({ id }) => measureWidth(id))) + measureWidth('  47 h 59 min  in 47 h 59 min');
  const elsewhere = requests.some(({ id, workflowId }) => !id.startsWith(`${workflowId}/`));
  if (style.width - fixed < ROOM_FOR_WORDS) return stackRequests(requests, style);
  const columns = [
    { title: 'REQUEST' },
    { title: 'WHAT', flexible: true },
    { title: 'ASKED BY', flexible: true },
    // A request's id starts with the run's id, except when a child workflow asks.
    ...(elsewhere || style.width === Number.POSITIVE_INFINITY ? [{ title: 'RUN', flexible: true }] : []),
    { title: 'AGE' },
    { title: 'DEADLINE' },
  ];
  const rows = requests.map((request) => [
    request.id,
    `${formatNews(request)}${toOneLine(request.title ?? request.question)}`,
    describeAsker(request),
    ...(columns.length > 5 ? [request.workflowId] : []),
    formatSpan(style.now - Date.parse(request.askedAt)),
    formatDeadline(request, style),
  ]);
  const [head = '', ...lines] = formatTable(columns, rows, style);
  return [head, ...lines.flatMap((line, index) => [line, ...formatAction(requests[index], style)])];
}

/** The action with its arguments, as far as a list has room; `baton show` and the card have the exact ones. */
function formatAction(request: InboxRequest | undefined, { width, palette }: LineStyle): string[] {
  if (request?.tool === undefined) return [];
  const { tool, argsPreview = '', amount } = request;
  const what = `${tool} ${toOneLine(argsPreview)}`;
  const sum = amount === undefined ? '' : `${amount}  `;
  return [
    `  ${palette.strong(sum)}${palette.quiet(truncate(what, Math.max(20, width - 2 - measureWidth(sum))))}`,
  ];
}

function stackRequests(requests: readonly InboxRequest[], style: InboxStyle): string[] {
  const { width, palette, now } = style;
  return requests.flatMap((request) => {
    const end = formatDeadline(request, style);
    const asked = `asked by ${describeAsker(request)} ${formatAge(request.askedAt, now)}${end === '' ? '' : `, ends ${end}`}`;
    const room = Math.max(20, width - measureWidth(asked) - 4);
    return [
      `${palette.wait('◆')} ${request.id}`,
      `  ${palette.strong(truncate(`${formatNews(request)}${toOneLine(request.title ?? request.question)}`, room))}  ${palette.quiet(asked)}`,
      ...formatAction(request, style),
    ];
  });
}

/** Marks requests with new messages, and those that text from outside may have influenced. */
function formatNews({ news = 0, origin }: InboxRequest): string {
  const marks = [
    ...(news === 0 ? [] : [pluralize(news, 'new message')]),
    ...(origin?.read.some(({ untrusted }) => untrusted) ? [READ_UNTRUSTED] : []),
  ];
  return marks.length === 0 ? '' : `(${marks.join(', ')}) `;
}

function formatDeadline({ deadline }: InboxRequest, { palette, now }: Omit<InboxStyle, 'width'>): string {
  if (deadline === undefined) return '';
  const text = formatUntilDeadline(deadline, now);
  return Date.parse(deadline) - now < 3_600_000 ? palette.bad(text) : text;
}

/** Requests of which only a part is known here. */
function formatUnnamed(
  { requests, unnamed, unreadable, stuck }: Inbox,
  { width, palette }: InboxStyle,
): string[] {
  const unserved = requests.filter(({ worker }) => !worker);
  const alone = new Set(unserved.map(({ workflowId }) => workflowId));
  // The CLI refuses to sign a request that is only partly known.
  const way = unserved.every(({ signed }) => signed)
    ? `it can be signed once a worker answers (${nameCommand('worker')})`
    : 'a decision is left with the server by --queue';
  const lines = (text: string): string[] => wrapUnder(`${palette.wait('!')} `, text, Math.min(width, 120));
  return [
    ...stuck.flatMap(({ workflowId, ...held }) =>
      lines(`${workflowId} takes no decision now. ${describeStuck(held)}`),
    ),
    ...(alone.size > 0
      ? lines(
          `No worker is available for ${pluralize(alone.size, 'run')} (${list([...alone])}): of what they ask only a part is known, and ${way}.`,
        )
      : []),
    ...unnamed.flatMap(({ workflowId, more }) =>
      lines(`${workflowId} waits for ${more} more, which only a worker can name.`),
    ),
    ...unreadable.flatMap((id) =>
      lines(`${id} ${UNREADABLE_TEXT} (${readCommandName()} show ${quoteWord(id)}).`),
    ),
  ];
}

/** Says it where decisions are not signed, so that nobody takes them for proven. */
function formatProof({ requests }: Inbox, { width, palette }: InboxStyle): string[] {
  const claims = requests.filter(({ signed }) => !signed);
  if (claims.length === 0) return [];
  const some = claims.length === requests.length ? '' : ` (${list(claims.map(({ id }) => id))})`;
  return wrap(`Unauthenticated${some}: ${UNAUTHENTICATED_TEXT}.`, Math.min(width, 120)).map(palette.wait);
}

function list(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${first}, …` : first;
}

/** A request on one line, for line by line output. */
export function formatInboxLine(told: InboxRequest, palette: Palette): string {
  const request = escapeToLines(told);
  const { id, question, title = question, deadline } = request;
  const end = deadline === undefined ? '' : `, until ${deadline}`;
  const [action = ''] = formatAction(request, { width: Number.POSITIVE_INFINITY, palette });
  return `${palette.wait('◆')} ${id}  ${palette.strong(toOneLine(title))}${action}  ${palette.quiet(`asked by ${describeAsker(request)}${end}`)}`;
}
