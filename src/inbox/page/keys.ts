/** Keyboard control of the whole page. A key only moves the focus and never sends anything. */

export function listenToKeys(): void {
  const button = document.querySelector<HTMLElement>('[data-help]');
  if (button) {
    button.hidden = false;
    button.addEventListener('click', showHelp);
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = KEYS[event.key];
    if (act === undefined || document.querySelector('dialog[open]')) return;
    if (act() !== false) event.preventDefault();
  });
}

const KEYS: Readonly<Record<string, () => boolean | void>> = {
  j: () => moveFocus(1),
  k: () => moveFocus(-1),
  a: () => open('a') || open('-'),
  r: () => open('r'),
  e: () => open('e'),
  u: () => document.querySelector<HTMLElement>('[data-up]')?.click(),
  '?': () => showHelp(),
};

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Moves to the next or previous request of a list. */
function moveFocus(by: number): boolean {
  const links = Array.from(document.querySelectorAll<HTMLElement>('a.request'));
  if (links.length === 0) return false;
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next]?.focus();
  return true;
}

/** Opens the form of the first option with this key, or of any option, and focuses its first field. */
function open(key: string): boolean {
  const box = document.querySelector<HTMLDetailsElement>(`[data-keys*="${key}"]`);
  return box ? enter(box) : false;
}

function enter(box: HTMLDetailsElement): boolean {
  box.open = true;
  box.querySelector<HTMLElement>('textarea, input:not([type=hidden]), select, button')?.focus();
  box.scrollIntoView({ block: 'nearest' });
  return true;
}

function showHelp(): void {
  document.querySelector<HTMLDialogElement>('#help')?.showModal();
}
