/**
 * The handoffs as a picture: a lane for each participant, a row with an arrow for each handoff, oldest first. Names stand
 * next to the lanes as text, so that they are whole on a phone too. Each row leads to its place in the story.
 */
import { html } from 'hono/html';
import { describeEvent } from '../../client/text/event-text.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';
import { buildEventAnchor } from './timeline.js';

type EventOf<K extends TimelineEvent['kind']> = Extract<TimelineEvent, { kind: K }>;

interface Arrow {
  /** Its event's place in the timeline. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly state: 'offered' | 'accepted' | 'refused' | 'returned';
}

const LANE = 24;
/** All lanes together, so that the text has room on a phone. */
const LANES_AT_MOST = 144;
const MIDDLE = 20;

export function renderPicture(timeline: readonly TimelineEvent[], owner: string): Html {
  const arrows = listArrows(timeline);
  if (arrows.length === 0) return html`<p class="empty">Nothing has been handed off yet.</p>`;
  const names = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))];
  const speakers = timeline.map((event) => describeEvent(event).who);
  const findFirst = (name: string): number => {
    const own = speakers.indexOf(name);
    return own >= 0 ? own : (arrows.find(({ from, to }) => from === name || to === name)?.at ?? 0);
  };
  return html`<div class="picture">
    <ol class="parties" aria-label="Participants">
      ${names.map(
        (name) =>
          html`<li>
            <a href="#${buildEventAnchor(findFirst(name))}">${toPlainText(name)}</a
            >${name === owner ? ' (responsible)' : ''}
          </li>`,
      )}
    </ol>
    <ol class="handoffs" aria-label="Handoffs">
      ${arrows.map((arrow) => renderRow(arrow, names))}
    </ol>
  </div>`;
}

/** The handoffs of a run with their outcomes, and the returns. */
function listArrows(timeline: readonly TimelineEvent[]): Arrow[] {
  const accepted = new Set(timeline.flatMap((event) => (event.kind === 'accepted' ? [event.handoff] : [])));
  const refused = new Set(
    timeline.flatMap((event) =>
      event.kind === 'declined' || event.kind === 'misrouted' || event.kind === 'sent-back'
        ? [event.handoff]
        : [],
    ),
  );
  const handoff = (event: EventOf<'delegated' | 'handoff'>, at: number): Arrow => ({
    at,
    from: event.from,
    to: event.to,
    text:
      event.kind === 'handoff' ? `hands off${formatContract(event)}` : `delegates${formatContract(event)}`,
    state: refused.has(event.handoff) ? 'refused' : accepted.has(event.handoff) ? 'accepted' : 'offered',
  });
  return timeline.flatMap((event, at): Arrow[] => {
    if (event.kind === 'delegated' || event.kind === 'handoff') return [handoff(event, at)];
    return event.kind === 'returned'
      ? [{ at, from: event.from, to: event.to, text: 'result', state: 'returned' }]
      : [];
  });
}

/** The contract of a direct transition adds nothing to the names. */
function formatContract({ contract }: EventOf<'delegated' | 'handoff'>): string {
  return contract.startsWith('input-of-') ? '' : `: ${contract}`;
}

function renderRow(arrow: Arrow, names: readonly string[]): Html {
  const { at, from, to, text, state } = arrow;
  return html`<li>
    <a class="handoff ${state}" href="#${buildEventAnchor(at)}">
      ${drawLanes(arrow, names)}
      <span>${toPlainText(`${from} to ${to}: ${text}`)}, <em>${state}</em></span>
    </a>
  </li>`;
}

/** The text next to it says the same, so it is hidden from screen readers. */
function drawLanes({ from, to }: Arrow, names: readonly string[]): Html {
  const lane = Math.min(LANE, LANES_AT_MOST / names.length);
  const place = (name: string): number => (names.indexOf(name) + 0.5) * lane;
  const [start, end] = [place(from), place(to)];
  const tip = end > start ? -5 : 5;
  return html`<svg width="${names.length * lane}" aria-hidden="true" focusable="false">
    ${names.map((name, index) => html`<line class="lane" x1="${place(name)}" x2="${place(name)}" y1="0" y2="100%" /><text x="${place(name)}" y="11" text-anchor="middle">${index + 1}</text>`)}
    ${
      start === end
        ? html`<circle cx="${start}" cy="${MIDDLE + 4}" r="6" />`
        : html`<line x1="${start}" y1="${MIDDLE + 4}" x2="${end}" y2="${MIDDLE + 4}" />
            <path d="M${end} ${MIDDLE + 4} l${tip} -5 v10 z" />
            <circle cx="${start}" cy="${MIDDLE + 4}" r="3" />`
    }
  </svg>`;
}
