/**
 * Computes the digest that a decision is bound to from what this page shows: RFC 8785 JSON, SHA-256. It
 * shares no code with the server, so a bug or a manipulation there is not repeated here.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Canonical JSON: names sorted by code units, numbers as ECMAScript writes them, no white space. */
export function toCanonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.keys(value)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((name) => `${JSON.stringify(name)}:${toCanonicalJson(value[name] ?? null)}`);
  return `{${parts.join(',')}}`;
}

export async function computeSha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads the value that an element shows. */
function readShown(element: Element): Json {
  const value = element.matches('[data-shown]') ? element : element.querySelector('[data-shown]');
  const text = value?.textContent ?? '';
  return value?.getAttribute('data-shown') === 'json' ? (JSON.parse(text) as Json) : text;
}

/** Reads the displayed arguments. */
export function readShownArguments(root: ParentNode): Json | undefined {
  const box = root.querySelector('[data-args]');
  if (box === null) return undefined;
  if (box.getAttribute('data-args') === 'value') return readShown(box);
  return Object.fromEntries(
    Array.from(box.querySelectorAll(':scope > .row'), (row) => [
      row.querySelector('[data-name]')?.textContent ?? '',
      readShown(row.querySelector('dd') ?? row),
    ]),
  );
}

function readFact(root: ParentNode, name: string): Json | undefined {
  const element = root.querySelector(`[data-fact="${name}"]`);
  if (element === null) return undefined;
  return element.querySelector('[data-shown]') === null ? element.textContent : readShown(element);
}

/** Reads the displayed rows of a list: custom options, and the messages received in the meantime. */
function readRows(root: ParentNode, list: string, names: readonly string[]): Json | undefined {
  const rows = Array.from(root.querySelectorAll(`[${list}] > .row`), (row) =>
    omitUndefined(
      Object.fromEntries(
        names.map((name) => {
          const part = row.querySelector(`[data-part="${name}"]`);
          return [name, part === null ? undefined : readShown(part)];
        }),
      ),
    ),
  );
  return rows.length === 0 ? undefined : rows;
}

/** Keeps defined properties only: a missing property is not hashed as null. */
function omitUndefined(entries: Readonly<Record<string, Json | undefined>>): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The digest of the displayed request. */
export function computePageDigest(root: ParentNode, kind: string | null): Promise<string> {
  const common = {
    request: readFact(root, 'request'),
    run: readFact(root, 'run'),
    requester: readFact(root, 'requester'),
    options: readRows(root, 'data-declared', ['id', 'label', 'consequence', 'means']),
    said: readRows(root, 'data-said', ['by', 'text']),
  };
  const bound =
    kind === 'action'
      ? { ...common, tool: readFact(root, 'tool'), args: readShownArguments(root) }
      : { ...common, question: readFact(root, 'question'), details: readFact(root, 'details') };
  return computeSha256(toCanonicalJson(omitUndefined(bound)));
}
