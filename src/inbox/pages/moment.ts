/** Moments and spans on a page; its script writes them in the reader's own time, and keeps them up to date. */
import { html } from 'hono/html';
import { formatUntilDeadline, formatDuration } from '../../client/text/time.js';
import type { Html } from './layout.js';

const SOON_MS = 3_600_000;

export function renderMoment(iso: string): Html {
  return html`<time datetime="${iso}" data-moment>${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** How long it has waited. */
export function renderAge(iso: string, now: number): Html {
  return html`<span class="badge" data-since="${iso}">${formatDuration(now - Date.parse(iso))}</span>`;
}

/** How long is left. */
export function renderDeadline(iso: string, now: number): Html {
  const left = Date.parse(iso) - now;
  const text = left < 0 ? 'expired' : formatUntilDeadline(iso, now);
  return html`<span class="badge ${left < SOON_MS ? 'bad' : 'wait'}" data-until="${iso}">${text}</span>`;
}
