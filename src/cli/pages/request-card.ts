/**
 * A request with all that a person must see before deciding: the question, the exact action, the options, the
 * deadline.
 */
import { quoteWord } from '../terminal/command-name.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import {
  describeConsequence,
  describeExpiry,
  findAmounts,
  REASONS,
  describeMeant,
  describeVotes,
  describeNeeds,
  UNAUTHENTICATED_TEXT,
  listExchanges,
} from '../../client/text/request-text.js';
import { isJson, isPlain, toVisibleJson } from '../../client/text/exact-text.js';
import { describeState } from '../../client/text/state-text.js';
import { getOptionRow, type Carried } from '../../contracts/requests/decision-options.js';
import { listAttempts, listOrigin } from './card-origin.js';
import type { OriginLine } from '../../contracts/requests/origin-text.js';
import { findClaim } from '../../contracts/requests/claim.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { buildExampleValue } from '../input/example-input.js';
import type { LineStyle, Palette } from '../terminal/palette.js';
import { joinLines, measureWidth, wrapUnder } from '../terminal/text-width.js';
import { formatDateAndClock, formatDeadline } from '../../client/text/time.js';
import { defined } from '../../contracts/data/defined.js';
import { escapeText } from '../terminal/escape-text.js';

/** How the card shows a long origin. The action, the options and all that a decision is bound to are always whole. */
interface CardStyle extends LineStyle {
  readonly origin?: 'whole' | 'summary';
}

export function renderRequestCard(
  waiting: WaitingRequest,
  { width, palette, origin = 'summary' }: CardStyle,
): string[] {
  const request = escapeText(waiting);
  const bar = palette.wait('┃ ');
  const room = width - 2;
  const line = (name: string, text: string): string[] =>
    wrapUnder(palette.quiet(name.padEnd(10)), text, room);
  return [
    ...wrapUnder(`${palette.wait('◆')} `, request.title ?? request.question, room).map(palette.strong),
    ...formatAmounts({ ...request, ...defined({ args: waiting.args }) }, line, palette),
    ...(request.title === undefined ? [] : line('question', request.question)),
    ...line('request', request.id),
    ...line(
      'asked by',
      `${request.askedBy}, ${formatDateAndClock(request.askedAt)}; ${REASONS[request.reason]}`,
    ),
    ...(request.requester ? line('for', `${request.requester}, who asked for the run: proven`) : []),
    ...(request.askedOf ? line('meant for', describeMeant(request.askedOf)) : []),
    ...formatNeeds(request, line, palette),
    ...(request.deadline
      ? line('deadline', `${formatDeadline(request.deadline)}, ${describeExpiry(request)}`)
      : []),
    ...(request.escalates ?? []).flatMap(({ at, roles }) =>
      line('goes on', `to ${roles.join(' and ')}, ${formatDeadline(at)}`),
    ),
    ...formatClaim(request, line),
    ...(request.reminded
      ? line('reminded', request.reminded === 1 ? 'once' : `${request.reminded} times`)
      : []),
    // Placed before the origin, which may be long: the decision is about the action.
    ...(request.tool ? line('action', request.tool) : []),
    ...formatAction(waiting, room, palette),
    ...formatOrigin(listOrigin(request, origin), line, palette),
    ...(request.state ? line('state', describeState(request.state)) : []),
    ...listAttempts(request, origin).flatMap((text, index) => line(index === 0 ? 'before' : '', `- ${text}`)),
    ...(request.details ? line('details', request.details) : []),
    ...formatParts(request, palette),
    ...(request.digest ? line('digest', request.digest) : []),
    ...(request.revision > 1
      ? line('revision', `${request.revision}${request.editedBy ? `, edited by ${request.editedBy}` : ''}`)
      : []),
    ...formatConversation(request, line),
    ...(request.answerSchema === undefined ? [] : line('answer', describeAnswerForm(request.answerSchema))),
    ...formatOptions(request, room, palette),
  ].map((text) => bar + joinLines(text));
}

/** A name that cannot look like another name, nor like its value or a line of the card; else as JSON. */
function formatName(name: string): string {
  return isPlain(name) && !/[\s:"┃]/.test(name) ? name : toVisibleJson(name);
}

function formatAmounts(
  request: WaitingRequest,
  line: (name: string, text: string) => string[],
  { strong }: Palette,
): string[] {
  return findAmounts(request).flatMap(({ name, text }) =>
    line('amount', `${strong(text)}${name === undefined ? '' : `  (argument ${formatName(name)})`}`),
  );
}

/** The request's origin; parts that outsiders may have influenced are highlighted. */
function formatOrigin(
  origin: readonly OriginLine[],
  line: (name: string, text: string) => string[],
  { wait }: Palette,
): string[] {
  return origin.flatMap(({ name, text, untrusted }) =>
    line(name, text).map((each) => (untrusted ? wait(each) : each)),
  );
}

/** The questions and answers about the request, and the messages of the run. */
function formatConversation(
  { conversation, said = [] }: WaitingRequest,
  line: (name: string, text: string) => string[],
): string[] {
  return [
    ...listExchanges(conversation).flatMap(({ by, question, answer, answeredBy }) => [
      ...line('asked', `${by}: ${question}`),
      ...line('answer', answeredBy === undefined ? answer : `${answeredBy}: ${answer}`),
    ]),
    ...said.flatMap(({ by = 'user', text }) => line('said', `${by}: ${text}`)),
  ];
}

function formatClaim({ claim }: WaitingRequest, line: (name: string, text: string) => string[]): string[] {
  const held = findClaim(claim, Date.now());
  return held === undefined
    ? []
    : line('claimed', `by ${held.by}, who looks into it until ${formatDateAndClock(held.until)}`);
}

/** The eligible roles, the decisions so far, and whether the approvers are proven. */
function formatNeeds(
  request: WaitingRequest,
  line: (name: string, text: string) => string[],
  { wait }: Palette,
): string[] {
  const { needs, signed } = request;
  const have = describeVotes(request);
  return [
    ...(needs === undefined ? [] : line('needs', describeNeeds(needs))),
    ...(have === undefined ? [] : line('so far', have)),
    ...(signed
      ? line('proof', 'a signed decision')
      : line('proof', UNAUTHENTICATED_TEXT).map((text) => wait(text))),
  ];
}

const MARGIN = ' '.repeat(10);

/** Each argument by its name. No two values look alike. */
function formatAction({ args, argsPreview }: WaitingRequest, room: number, { quiet }: Palette): string[] {
  if (args === undefined) return argsPreview === undefined ? [] : indentLines(escapeText(argsPreview), room);
  if (!isJsonObject(args)) return indentLines(formatExact(args), room);
  return Object.entries(args).flatMap(([key, value]) => {
    const name = formatName(key);
    const text = formatExact(value);
    const oneLine = !text.includes('\n') && measureWidth(text) + name.length + 2 <= room - MARGIN.length;
    if (oneLine) return [`${MARGIN}${quiet(`${name}:`)} ${text}`];
    return [`${MARGIN}${quiet(`${name}:`)}`, ...indentLines(text, room - 2).map((line) => `  ${line}`)];
  });
}

/** A text as it is, with its line breaks; as JSON where it would look like another text or like another value. */
function formatExact(value: Json): string {
  return typeof value === 'string' && isPlain(value) && !isJson(value)
    ? escapeText(value)
    : toVisibleJson(value);
}

/** Marks truncated arguments, so that nobody takes a part for the whole. */
function formatParts({ args, argsPreview }: WaitingRequest, { wait }: Palette): string[] {
  if (args !== undefined || argsPreview === undefined) return [];
  return [`${MARGIN}${wait('truncated: the full arguments need a running worker')}`];
}

function indentLines(text: string, room: number): string[] {
  return wrapUnder(MARGIN, text, room);
}

/** An option's label, where it adds something to the id and the consequence. */
function describeMore({ id, label }: WaitingRequest['options'][number]): string {
  return label === undefined || label.toLowerCase() === id ? '' : `${label}. `;
}

function formatOptions(request: WaitingRequest, room: number, palette: Palette): string[] {
  const names = request.options.map(({ id }) => formatName(id));
  const longest = Math.max(...names.map((name) => name.length));
  return request.options.flatMap((option, index) =>
    wrapUnder(
      `${palette.quiet((index === 0 ? 'options' : '').padEnd(10))}${palette.strong((names[index] ?? '').padEnd(longest))}  `,
      `${describeMore(option)}${describeConsequence(option)}`,
      room,
    ),
  );
}

/** The expected form of an answer, on one line. */
function describeAnswerForm(schema: Json): string {
  if (isJsonObject(schema) && schema['type'] === 'string') return 'a text';
  return `JSON like ${JSON.stringify(buildExampleValue(schema))}`;
}

/** The commands that decide a request, ready to copy. */
export function describeDeciding(waiting: WaitingRequest, command = 'baton'): string[] {
  const request = escapeText(waiting);
  const id = quoteWord(request.id);
  return request.options.map(({ id: option, means = option }) => {
    const { ownCommand, carries, reason } = getOptionRow(option);
    return [
      ownCommand === false
        ? `${command} decide ${id} --option ${quoteWord(option)}`
        : `${command} ${option} ${id}`,
      ...(carries === undefined
        ? []
        : [describeCarried({ ...request, ...defined({ args: waiting.args }) })[carries]]),
      ...(reason === 'why' ? ['--reason "…"'] : reason === 'guidance' ? ['--guidance "…"'] : []),
      ...(means === 'approve' ? nameRevision(request) : []),
    ].join(' ');
  });
}

function describeCarried({ args, redirectTo, answerSchema }: WaitingRequest): Record<Carried, string> {
  return {
    args: describeEditing(args),
    to: `--to ${redirectTo === undefined ? '…' : redirectTo.map(quoteWord).join('|')}`,
    answer: buildExampleAnswer(answerSchema),
    questions: '"…?"',
  };
}

function buildExampleAnswer(schema: Json | undefined): string {
  if (schema === undefined || (isJsonObject(schema) && schema['type'] === 'string')) return '"…"';
  return quoteWord(JSON.stringify(buildExampleValue(schema)));
}

/** An edited action is approved by naming its digest. */
function nameRevision({ revision, digest }: WaitingRequest): string[] {
  return revision > 1 && digest !== undefined ? [`--digest ${digest.slice(0, 12)}`] : [];
}

/** Includes the current arguments, unless they are too long for a command line. */
function describeEditing(args: Json | undefined): string {
  if (args === undefined) return "--args '{…}'";
  // In JSON form, so that pasting it gives exactly the same arguments.
  const text = toVisibleJson(args, 0);
  return text.length <= 160 ? `--args ${quoteWord(text)}` : '--editor';
}
