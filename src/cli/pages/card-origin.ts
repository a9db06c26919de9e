/**
 * The origin of a request on its card. A long origin is summarized, because it pushes the action and the options off
 * the screen. It is only information: no decision is bound to it, and `baton show` prints all of it.
 */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { describeOrigin, type OriginLine } from '../../contracts/requests/origin-text.js';
import type { RequestOrigin } from '../../contracts/requests/origin.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';

/** More entries than this are summarized. */
const MAX_ENTRIES = 4;
const MAX_ATTEMPTS = 6;
const LAST_ATTEMPTS = 3;

type Asked = Pick<WaitingRequest, 'id' | 'origin' | 'attempted'>;

/**
 * The origin line by line. A summary keeps each untrusted source whole, so that later reads cannot hide the text that
 * caused the request, and the goal of the last handoff.
 */
export function listOrigin({ id, origin }: Asked, shows: 'whole' | 'summary'): readonly OriginLine[] {
  const whole = describeOrigin(origin);
  if (origin === undefined || shows === 'whole') return whole;
  const { handoffs, read } = origin;
  const isShort = handoffs.length + read.length <= MAX_ENTRIES;
  if (isShort || (handoffs.length <= 1 && read.every(({ untrusted }) => untrusted))) return whole;
  const [task, ...rest] = describeOrigin({
    ...origin,
    handoffs: handoffs.slice(-1),
    read: mergeTrusted(read),
  });
  const earlier = mergeHandoffs(handoffs.slice(0, -1)).map((text) => ({ name: 'handoff' as const, text }));
  return [
    ...(task === undefined ? [] : [task]),
    ...earlier,
    ...rest.map((line) =>
      line.name === 'origin' ? { ...line, text: `shortened, see ${nameShow(id)}; ${line.text}` } : line,
    ),
  ];
}

/** The steps before the request; of many, the last ones. */
export function listAttempts({ id, attempted = [] }: Asked, shows: 'whole' | 'summary'): readonly string[] {
  if (shows === 'whole' || attempted.length <= MAX_ATTEMPTS) return attempted;
  return [`(shortened, see ${nameShow(id)})`, ...attempted.slice(-LAST_ATTEMPTS)];
}

function nameShow(id: string): string {
  return `\`${readCommandName()} show ${quoteWord(parseRequestId(id)?.workflowId ?? id)}\``;
}

/** `lead → writer, reviewer ×2`, one text for each sender, in the order of the first handoff. */
function mergeHandoffs(handoffs: RequestOrigin['handoffs']): string[] {
  const senders = [...new Set(handoffs.map(({ from }) => from))];
  return senders.map((sender) => {
    const sent = handoffs.flatMap(({ from, to }) => (from === sender ? [to] : []));
    const receivers = [...new Set(sent)].map((to) => {
      const times = sent.filter((other) => other === to).length;
      return times > 1 ? `${to} ×${times}` : to;
    });
    return `${sender} → ${receivers.join(', ')}`;
  });
}

/** The trusted sources, one for each reader and tool, without what was read; then each untrusted source, whole. */
function mergeTrusted(read: RequestOrigin['read']): RequestOrigin['read'] {
  const merged = new Map<string, RequestOrigin['read'][number]>();
  for (const { by, tool, times, untrusted } of read) {
    if (untrusted) continue;
    const key = JSON.stringify([by, tool]);
    merged.set(key, { by, tool, times: (merged.get(key)?.times ?? 0) + times, sources: [] });
  }
  return [...merged.values(), ...read.filter(({ untrusted }) => untrusted)];
}
