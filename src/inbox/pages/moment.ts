/** Times and durations on a page. The script converts them to the reader's time zone and keeps them current. */
import { html } from 'hono/html';
import { formatUntilDeadline, formatDuration } from '../../client/text/time.js';
import type { Html } from './layout.js';

const SOON_MS = 3_600_000;

export function renderMoment(iso: string): Html {
  return html`<time datetime="${iso}" data-moment>${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** How long the request has been pending. */
export function renderAge(iso: string, now: number): Html {
  return html`<span class="badge" data-since="${iso}">${formatDuration(now - Date.parse(iso))}</span>`;
}

/** The time left until the deadline. */
export function renderDeadline(iso: string, now: number): Html {
  const left = Date.parse(iso) - now;
  const text = left < 0 ? 'expired' : formatUntilDeadline(iso, now);
  return html`<span class="badge ${left < SOON_MS ? 'bad' : 'wait'}" data-until="${iso}">${text}</span>`;
}
