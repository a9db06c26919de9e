/** The events of a run, as a list, and as a story with a part for each agent. */
import { html } from 'hono/html';
import { describeEvent } from '../../client/text/event-text.js';
import { pluralize } from '../../client/text/plural.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { Html } from './layout.js';
import { renderExactMoment } from './moment.js';
import { toPlainText } from './shown.js';

export function renderTimeline(events: readonly TimelineEvent[]): Html {
  if (events.length === 0) return html`<p class="empty">Nothing has happened yet.</p>`;
  return html`<ol class="timeline">
    ${events.map((event) => {
      const { who, text, tone } = describeEvent(event);
      return html`<li class="${tone}" title="${event.path}">
        ${renderExactMoment(event.at)}
        <p><strong>${toPlainText(who)}</strong> ${toPlainText(text)}</p>
      </li>`;
    })}
  </ol>`;
}

export function renderLatestEvents(events: readonly TimelineEvent[], count: number): Html {
  return renderTimeline(events.filter(({ kind }) => kind !== 'context').slice(-count));
}

/** The address of an event within a story. */
export function buildEventAnchor(at: number): string {
  return `event-${at}`;
}

interface Told {
  readonly event: TimelineEvent;
  /** Its place in the timeline. */
  readonly at: number;
}

/** In the order of time; consecutive events of one agent stand together, and the work of its model is folded. */
export function renderStory(events: readonly TimelineEvent[]): Html {
  if (events.length === 0) return renderTimeline(events);
  const told = events.map((event, at) => ({ event, at }));
  return html`${splitBy(told, ({ event }) => describeEvent(event).who).map(
    (part) =>
      html`<section class="agent-part">
        <h3>${toPlainText(part[0] === undefined ? '' : describeEvent(part[0].event).who)}</h3>
        <ol class="timeline">
          ${splitBy(part, ({ event }) => isModelWork(event)).map(renderChunk)}
        </ol>
      </section>`,
  )}`;
}

const MODEL_WORK = { turn: 'model request', repair: 'repair', context: 'prompt' } as const;

function isModelWork({ kind }: TimelineEvent): boolean {
  return Object.hasOwn(MODEL_WORK, kind);
}

function renderChunk(chunk: readonly Told[]): Html {
  const lines = chunk.map(renderEvent);
  if (chunk[0] === undefined || !isModelWork(chunk[0].event)) return html`${lines}`;
  const counts = Object.entries(MODEL_WORK).flatMap(([kind, name]) => {
    const count = chunk.filter(({ event }) => event.kind === kind).length;
    return count === 0 ? [] : [pluralize(count, name)];
  });
  return html`<li class="folded">
    <details data-fold="${buildEventAnchor(chunk[0].at)}">
      <summary>${counts.join(', ')}</summary>
      <ol class="timeline">
        ${lines}
      </ol>
    </details>
  </li>`;
}

function renderEvent({ event, at }: Told): Html {
  const { text, tone } = describeEvent(event);
  return html`<li class="${tone}" id="${buildEventAnchor(at)}" title="${event.path}">
    ${renderExactMoment(event.at)}
    <p>${toPlainText(text)}</p>
  </li>`;
}

/** Consecutive items with the same key. */
function splitBy<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const parts: T[][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last?.[0] !== undefined && key(last[0]) === key(item)) last.push(item);
    else parts.push([item]);
  }
  return parts;
}
