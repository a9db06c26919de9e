/** Times and durations on a page. The script converts them to the reader's time zone and keeps them current. */
import { html } from 'hono/html';
import { formatSpan, formatUntilDeadline } from '../../client/text/time.js';
import type { Html } from './layout.js';

const SOON_MS = 3_600_000;

export function renderMoment(iso: string): Html {
  return html`<time datetime="${iso}" data-moment>${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** With seconds, where many events happen in a minute. */
export function renderExactMoment(iso: string): Html {
  return html`<time datetime="${iso}" data-moment="seconds">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** A fact on a short label: the label says what the value is. */
export function renderPill(label: string, value: Html | string, tone = ''): Html {
  return html`<span class="badge ${tone}">${label}: ${value}</span>`;
}

/** How long the request has been pending. */
export function renderAge(iso: string, now: number): Html {
  return renderPill('age', html`<span data-since="${iso}">${formatSpan(now - Date.parse(iso))}</span>`);
}

/** The time left until the deadline. */
export function renderDeadline(iso: string, now: number): Html {
  const left = Date.parse(iso) - now;
  const text = left < 0 ? 'expired' : formatUntilDeadline(iso, now);
  return renderPill(
    'deadline',
    html`<span data-until="${iso}">${text}</span>`,
    left < SOON_MS ? 'bad' : 'wait',
  );
}
