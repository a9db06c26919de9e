/** Keeps the page up to date: it refreshes lists, but never changes a request while a person decides it. */
import { blockForms } from './forms.js';
import { writeTimes } from './times.js';

export function follow(): void {
  const address = document.body.dataset['live'];
  if (address === undefined) return;
  const events = new EventSource(address);
  let before: string | undefined;
  events.addEventListener('state', ({ data }: MessageEvent<string>) => {
    const first = before === undefined;
    if (data === before) return;
    before = data;
    const request = document.querySelector<HTMLElement>('.request-page');
    if (request) {
      judge(request, data);
      void renew(location.href);
    } else void refresh(first);
  });
  // The browser's back cache would keep the stream open.
  window.addEventListener('pagehide', () => events.close());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

/** Reacts to a change of the displayed request. */
function judge(request: HTMLElement, data: string): void {
  const { gone, revision } = JSON.parse(data) as { gone?: boolean; revision?: number };
  if (document.querySelector('[data-sent]')) return;
  if (gone) {
    noteChange(
      'This request is closed: it was decided, it expired, or its run has ended.',
      'See what has become of it',
    );
  } else if (revision !== undefined && revision > Number(request.dataset['state'])) {
    noteChange(`This has changed: revision ${revision} waits.`, 'Look at it again');
  }
}

/** Updates the facts about the request; the action and typed text stay. */
async function renew(address: string): Promise<void> {
  const answer = await fetchText(address);
  for (const fresh of answer?.querySelectorAll<HTMLElement>('[data-renewed]') ?? []) {
    const name = fresh.dataset['renewed'] ?? '';
    const shown = document.querySelector(`[data-renewed="${CSS.escape(name)}"]`);
    if (shown && fresh.textContent !== shown.textContent)
      shown.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
  }
  writeTimes();
}

async function fetchText(address: string): Promise<Document | undefined> {
  const headers = { accept: 'text/html', 'baton-renews': 'yes' };
  const response = await fetch(address, { headers }).catch(() => undefined);
  if (!response?.ok || response.redirected) return undefined;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function noteChange(text: string, way: string): void {
  blockForms(text);
  const box = document.querySelector<HTMLElement>('[data-blocked]');
  if (!box || box.querySelector('a')) return;
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = way;
  box.append(' ', link);
}

/** Fetches the list again. It keeps the focus and what is unfolded, and announces new requests. */
async function refresh(silently: boolean): Promise<void> {
  const part = document.querySelector<HTMLElement>('[data-refresh]');
  const address = part?.dataset['refresh'];
  if (!part || address === undefined) return;
  const answer = await fetchText(address);
  const fresh = answer?.querySelector('[data-refresh]');
  if (!answer || !fresh) return;
  const known = listRequests(part);
  const focused = document.activeElement?.getAttribute('data-request');
  const unfolded = Array.from(
    part.querySelectorAll<HTMLElement>('details[open]'),
    ({ dataset }) => dataset['fold'],
  );
  part.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
  for (const folded of part.querySelectorAll<HTMLDetailsElement>('details[data-fold]'))
    folded.open = unfolded.includes(folded.dataset['fold']);
  document.title = answer.title;
  writeTimes();
  if (focused) part.querySelector<HTMLElement>(`[data-request="${CSS.escape(focused)}"]`)?.focus();
  const now = listRequests(part);
  const come = now.filter((id) => !known.includes(id)).length;
  const left = known.filter((id) => !now.includes(id)).length;
  if (!silently && come + left > 0) tell(`${come} new, ${left} gone, ${now.length} waiting.`);
}

function listRequests(part: HTMLElement): string[] {
  return Array.from(
    part.querySelectorAll('[data-request]'),
    (link) => link.getAttribute('data-request') ?? '',
  );
}

function tell(text: string): void {
  const told = document.querySelector('#told');
  if (told) told.textContent = text;
}
