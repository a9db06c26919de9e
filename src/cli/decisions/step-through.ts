/** Lets the person at the terminal decide pending requests, one after another. */
import type { InboxRequest } from '../../schemas/documents/inbox.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { confirm, isCancel, select } from '@clack/prompts';
import type { Client } from '@temporalio/client';
import { decideShown } from '../../client/deciding/deciding-session.js';
import { readInbox } from '../../client/requests/inbox.js';
import { readWholeRequests } from '../../client/requests/waiting-request.js';
import { BatonError, ERRORS } from '../../contracts/errors.js';
import { formatLeft, formatTicket } from '../pages/decider-text.js';
import { askInTerminal, type TerminalAnswer } from './ask-in-terminal.js';
import { INTERRUPTED } from '../terminal/interruption.js';
import { escapeText, escapeToLines } from '../terminal/escape-text.js';
import { renderRequestCard } from '../pages/request-card.js';
import type { Screen } from '../terminal/screen.js';
import { pluralize } from '../../client/text/plural.js';
import { toOneLine, truncate } from '../terminal/text-width.js';
import { formatAge, formatUntilDeadline } from '../../client/text/time.js';
import { resolveDecider, type Decider } from './send-decision.js';

/** Continues until every pending request is decided or postponed, or the person leaves. Returns the exit code. */
export async function stepThrough(
  client: Client,
  screen: Screen,
  options: { readonly decider: Decider; readonly signal: AbortSignal },
): Promise<number> {
  const later = new Set<string>();
  for (;;) {
    const waiting = (await readInbox(client)).requests.filter(({ id }) => !later.has(id));
    if (waiting.length === 0) {
      screen.print(
        later.size === 0
          ? 'No pending requests.'
          : `Nothing else waits; ${pluralize(later.size, 'request')} put off.`,
      );
      return 0;
    }
    const chosen = await choose(waiting, screen, options.signal);
    if (chosen === undefined) return options.signal.aborted ? INTERRUPTED : 0;
    const [request] = await readWholeRequests(client, [chosen]);
    if (request === undefined) continue;
    screen.note('', ...renderRequestCard(request, screen.noteStyle), '');
    const answer = await askInTerminal(request, options.signal);
    if (answer === 'interrupted') return INTERRUPTED;
    if (answer === 'later') later.add(request.id);
    else await send(client, screen, request, { answer, decider: options.decider });
  }
}

const LEAVE = Symbol('leave');

async function choose(
  waiting: readonly InboxRequest[],
  screen: Screen,
  signal: AbortSignal,
): Promise<InboxRequest | undefined> {
  const chosen = await select<InboxRequest | typeof LEAVE>({
    output: process.stderr,
    signal,
    message: `${pluralize(waiting.length, 'request')} for a decision`,
    maxItems: 12,
    options: [
      ...waiting.map((request) => ({
        value: request,
        label: truncate(escapeText(toOneLine(request.question)), screen.width - 8),
        hint: `${escapeToLines(request.id)}, ${formatAge(request.askedAt)}${request.deadline ? `, ends ${formatUntilDeadline(request.deadline)}` : ''}`,
      })),
      { value: LEAVE, label: 'Leave', hint: 'they keep waiting' },
    ],
  });
  return isCancel(chosen) || chosen === LEAVE ? undefined : chosen;
}

async function send(
  client: Client,
  screen: Screen,
  shown: WaitingRequest,
  { answer, decider }: { readonly answer: TerminalAnswer; readonly decider: Decider },
): Promise<void> {
  const { notePalette: palette } = screen;
  const { id: request, revision, digest } = shown;
  const seen = digest === undefined ? {} : { digest, revision };
  try {
    const { ticket } = await decideShown(
      client,
      { request, ...seen, ...answer },
      { shown, ...resolveDecider(shown, decider), leave: confirmLeaving },
    );
    screen.note(
      ticket ? `${request}: ${formatTicket(ticket, palette)}` : formatLeft(answer.option, palette),
      '',
    );
  } catch (error) {
    if (!(error instanceof BatonError && [4, 5].includes(ERRORS[error.code].exitCode))) throw error;
    screen.note(`${palette.bad('✗')} ${error.message}`, '');
  }
}

async function confirmLeaving(): Promise<boolean> {
  const message = 'No worker takes the decision now. Leave it with the server, to count when one comes?';
  return (await confirm({ output: process.stderr, message })) === true;
}
