/** Writes times in the reader's time zone, and keeps durations current while the page is open. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON_MS = HOUR;

export function keepTimes(): void {
  writeTimes();
  window.setInterval(writeTimes, 10 * SECOND);
}

/** Also called after a part of the page was replaced. */
export function writeTimes(): void {
  const now = Date.now();
  for (const time of document.querySelectorAll<HTMLTimeElement>('[data-moment]')) {
    const exact = time.dataset['moment'] === 'seconds';
    time.textContent = formatMoment(new Date(time.dateTime), new Date(now), exact);
    time.title = time.dateTime;
  }
  for (const badge of document.querySelectorAll<HTMLElement>('[data-since]')) {
    badge.textContent = formatSpan(now - Date.parse(badge.dataset['since'] ?? ''));
  }
  for (const badge of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const left = Date.parse(badge.dataset['until'] ?? '') - now;
    badge.textContent = left < 0 ? 'expired' : `in ${formatSpan(left)}`;
    const pill = badge.closest('.badge');
    pill?.classList.toggle('bad', left < SOON_MS);
    pill?.classList.toggle('wait', left >= SOON_MS);
  }
}

function formatMoment(at: Date, now: Date, exact: boolean): string {
  const seconds = exact ? ({ second: '2-digit' } as const) : {};
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', ...seconds });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString([], { year: 'numeric', month: 'short', day: 'numeric' })}, ${time}`;
}

function formatSpan(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.round(ms / DAY)} days`;
}
