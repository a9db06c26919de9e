/** The handoffs as a picture: a column for each participant, an arrow for each handoff, oldest first. */
import { html } from 'hono/html';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { Html } from './layout.js';
import { toPlainText } from './shown.js';

type EventOf<K extends TimelineEvent['kind']> = Extract<TimelineEvent, { kind: K }>;

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly state: 'offered' | 'accepted' | 'refused' | 'returned';
}

const COLUMN = 148;
const ROW = 38;
const TOP = 46;
const LONGEST = 18;

export function renderPicture(timeline: readonly TimelineEvent[], owner: string): Html {
  const arrows = listArrows(timeline);
  if (arrows.length === 0) return html`<p class="empty">Nothing has been handed off yet.</p>`;
  const names = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))];
  const width = names.length * COLUMN;
  const height = TOP + arrows.length * ROW + 16;
  const summary = arrows.map(({ from, to, text, state }) => `${from} to ${to}: ${text}, ${state}`).join('. ');
  return html`<div
    class="picture"
    tabindex="0"
    role="region"
    aria-label="Handoffs; the list below says the same"
  >
    <svg
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="img"
      aria-label="${summary}"
    >
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0 L8 4 L0 8 z" />
        </marker>
      </defs>
      ${names.map((name, column) => renderLifeline(name, column, height, name === owner))}
      ${arrows.map((arrow, row) => drawArrow(arrow, row, names))}
    </svg>
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
  const handoff = (event: EventOf<'delegated' | 'handoff'>): Arrow => ({
    from: event.from,
    to: event.to,
    text:
      event.kind === 'handoff' ? `hands off${formatContract(event)}` : `delegates${formatContract(event)}`,
    state: refused.has(event.handoff) ? 'refused' : accepted.has(event.handoff) ? 'accepted' : 'offered',
  });
  return timeline.flatMap((event): Arrow[] => {
    if (event.kind === 'delegated' || event.kind === 'handoff') return [handoff(event)];
    return event.kind === 'returned'
      ? [{ from: event.from, to: event.to, text: 'result', state: 'returned' }]
      : [];
  });
}

/** The contract of a direct transition adds nothing to the names. */
function formatContract({ contract }: EventOf<'delegated' | 'handoff'>): string {
  return contract.startsWith('input-of-') ? '' : `: ${contract}`;
}

function renderLifeline(name: string, column: number, height: number, owns: boolean): Html {
  const x = column * COLUMN + COLUMN / 2;
  return html`<g class="${owns ? 'party owner' : 'party'}">
    <line x1="${x}" y1="34" x2="${x}" y2="${height - 6}" />
    <rect x="${x - 68}" y="4" width="136" height="30" rx="7" />
    <text x="${x}" y="24" text-anchor="middle"
      >${cutLabel(name)}<title>${toPlainText(name)}${owns ? ', who is responsible' : ''}</title></text
    >
  </g>`;
}

function drawArrow({ from, to, text, state }: Arrow, row: number, names: readonly string[]): Html {
  const y = TOP + row * ROW + 24;
  const [start, end] = [from, to].map((name) => names.indexOf(name) * COLUMN + COLUMN / 2);
  const said = html`<title>${toPlainText(`${from} → ${to}: ${text} (${state})`)}</title>`;
  if (start === undefined || end === undefined) return html``;
  if (start === end)
    return html`<g class="arrow ${state}"
      ><path d="M${start} ${y - 8} h26 v12 h-20" marker-end="url(#head)" />${said}</g
    >`;
  const middle = (start + end) / 2;
  const near = end > start ? end - 3 : end + 3;
  return html`<g class="arrow ${state}">
    <line x1="${start}" y1="${y}" x2="${near}" y2="${y}" marker-end="url(#head)" />
    <text x="${middle}" y="${y - 6}" text-anchor="middle">${row + 1} ${cutLabel(text, 24)}</text>${said}
  </g>`;
}

function cutLabel(text: string, longest = LONGEST): string {
  const plain = toPlainText(text);
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
