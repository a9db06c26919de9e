/**
 * What a decision is bound to, worked out here from what this page shows: RFC 8785 JSON, SHA-256. It shares no code with
 * the server, so that a fault or a fraud there does not repeat itself here.
 */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Canonical JSON: names sorted by their code units, numbers as ECMAScript writes them, no white space. */
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

/** The value that an element shows. */
function readShown(element: Element): Json {
  const value = element.matches('[data-shown]') ? element : element.querySelector('[data-shown]');
  const text = value?.textContent ?? '';
  return value?.getAttribute('data-shown') === 'json' ? (JSON.parse(text) as Json) : text;
}

/** The arguments as they are shown. */
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

/** The rows of a list, as they are shown: options in the run's own words, and what was said meanwhile. */
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

/** Only what is there: a property that is absent is not hashed as null. */
function omitUndefined(entries: Readonly<Record<string, Json | undefined>>): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The digest of what is shown. */
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
