/** Times for people: local clock, short durations, the distance to a deadline. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `13:24:05`, local. */
export function formatClock(iso: string): string {
  const at = new Date(iso);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(padToTwo).join(':');
}

/** `2026-02-11 13:24`, local; today without the date. */
export function formatDateAndClock(iso: string, now = Date.now()): string {
  const at = new Date(iso);
  const time = `${padToTwo(at.getHours())}:${padToTwo(at.getMinutes())}`;
  const date = `${at.getFullYear()}-${padToTwo(at.getMonth() + 1)}-${padToTwo(at.getDate())}`;
  return at.toDateString() === new Date(now).toDateString() ? `today ${time}` : `${date} ${time}`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `29 days`. */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${(Math.max(0, ms) / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return joinUnits(ms, MINUTE, 'min', SECOND, 's');
  if (ms < 2 * DAY) return joinUnits(ms, HOUR, 'h', MINUTE, 'min');
  return `${Math.round(ms / DAY)} days`;
}

/** How long something waits: `12 s`, `3 min`, `2 h 5 min`, `29 days`. Seconds count in the first minute only. */
export function formatSpan(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / SECOND))} s`;
  return ms < HOUR ? `${Math.floor(ms / MINUTE)} min` : formatDuration(ms);
}

/** `in 29 days (2026-03-12 13:24)` or `1 h 2 min ago (…)`. */
export function formatDeadline(iso: string, now = Date.now()): string {
  return `${formatUntilDeadline(iso, now)} (${formatDateAndClock(iso, now)})`;
}

/** `in 29 days`, `1 h 2 min ago`. */
export function formatUntilDeadline(iso: string, now = Date.now()): string {
  const left = Date.parse(iso) - now;
  return left >= 0 ? `in ${formatSpan(left)}` : `${formatSpan(-left)} ago`;
}

/** How long ago, for lists. */
export function formatAge(iso: string, now = Date.now()): string {
  return `${formatSpan(now - Date.parse(iso))} ago`;
}

function joinUnits(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

function padToTwo(value: number): string {
  return String(value).padStart(2, '0');
}
