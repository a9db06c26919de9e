/**
 * The decision forms: nothing is sent unless the page shows exactly what the digest covers. An edit shows its
 * changes.
 */
import { hasOwnAmounts } from './amounts.js';
import { computePageDigest, readShownArguments } from './digest.js';

/** Computes the digest from the page, and disables the forms if it differs. */
export async function checkDigest(): Promise<void> {
  const proof = document.querySelector('[data-proof]');
  if (proof === null || proof.hasAttribute('data-part')) return;
  const named = proof.querySelector('[data-digest]')?.textContent ?? '';
  const status = proof.querySelector('[data-digest-status]');
  const told = proof.querySelector('[data-digest-told]');
  const found = await computePageDigest(document, proof.getAttribute('data-proof')).catch(() => undefined);
  const sent = Array.from(document.querySelectorAll<HTMLInputElement>('[data-decide] input[name="digest"]'));
  if (found === named && hasOwnAmounts(document) && sent.every(({ value }) => value === named)) {
    if (told) told.textContent = '✓ matches what is shown';
    if (status) status.textContent = 'Worked out in this page from what it shows: it is the same.';
    return;
  }
  proof.setAttribute('open', '');
  if (told) told.textContent = '✗ differs from what is shown';
  if (status)
    status.textContent = `The digest of this page is ${found ?? 'unknown'}, or an amount was altered.`;
  blockForms(
    'The digest of this page differs from the digest of the request. Deciding is blocked. [DIGEST_MISMATCH]',
  );
}

/** Disables the decision forms and shows the reason. */
export function blockForms(why: string): void {
  const box = document.querySelector<HTMLElement>('[data-blocked]');
  if (box) {
    box.textContent = why;
    box.hidden = false;
  }
  for (const control of document.querySelectorAll<HTMLButtonElement>('[data-decide] form button')) {
    control.disabled = true;
  }
  document.querySelector('[data-decide]')?.setAttribute('data-blocked-for', why);
}

/** Sends a decision only once, even if the button is pressed several times. */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (document.querySelector('[data-blocked-for]') && form.closest('[data-decide]')) {
      event.preventDefault();
      return;
    }
    if (form.hasAttribute('data-sent')) event.preventDefault();
    form.setAttribute('data-sent', '');
  });
  // The browser may restore the page in its old state.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-sent]')) form.removeAttribute('data-sent');
  });
}

const AFTER_TYPING_MS = 250;

/** Shows the changes of an edit while the person types. */
export function compareWhileTyping(): void {
  const button = document.querySelector('[data-compare]');
  const form = button?.closest('form');
  const box = form?.querySelector('[data-difference]');
  if (!form || !box) return;
  let timer = 0;
  let asked = 0;
  const compareNow = (): void => {
    const number = (asked += 1);
    // Answers can arrive in another order than the requests.
    void fetchDifference(form).then((nodes) => nodes && number === asked && box.replaceChildren(...nodes));
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(compareNow, AFTER_TYPING_MS);
  });
  // The person may have typed before this script was loaded.
  if (isTouched(form)) compareNow();
}

function isTouched(form: HTMLFormElement): boolean {
  return Array.from(form.elements).some(
    (field) =>
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) &&
      field.value !== field.defaultValue,
  );
}

async function fetchDifference(form: HTMLFormElement): Promise<readonly Node[] | undefined> {
  const filled = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') filled.append(name, value);
  const response = await fetch('/difference', { method: 'POST', body: filled }).catch(() => undefined);
  if (!response?.ok) return undefined;
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
  return Array.from(answer.body.childNodes, (node) => document.importNode(node, true));
}

/** Typing into the JSON field selects it as the value to send. */
export function clearStaleMessages(): void {
  for (const text of document.querySelectorAll<HTMLTextAreaElement>('[data-json]')) {
    const mean = (): void => {
      const choice = text.closest('details')?.querySelector<HTMLInputElement>('[data-as-json]');
      if (choice) choice.checked = true;
    };
    text.addEventListener('input', mean);
    if (text.value !== text.defaultValue) mean();
  }
}

export function copyArguments(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-copy]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const text = JSON.stringify(readShownArguments(document), null, 2);
    void navigator.clipboard.writeText(text).then(() => (button.textContent = 'Copied'));
  });
}
