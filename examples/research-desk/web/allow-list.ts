/** The hosts that can be fetched: exact names and addresses, or all names below one (`*.example.org`). */

/** A host as a URL parser writes it: lower case, ASCII, without a final dot and without the brackets of IPv6. */
export function normalHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
}

interface Entry {
  readonly host: string;
  readonly below: boolean;
  /** Undefined: the default port of the scheme. */
  readonly port: string | undefined;
}

/**
 * Reads an allow-list. `example.org` allows only that host; `*.example.org` allows only hosts below it. Both
 * apply to the scheme's default port, unless the entry names a port (`localhost:8080`).
 *
 * @throws an Error for an entry that is not a host.
 */
export function allowList(entries: readonly string[]): (url: URL) => boolean {
  const known = entries.map(readEntry);
  return (url) => {
    const host = normalHost(url.hostname);
    return known.some(
      (entry) =>
        (entry.below ? host.endsWith(`.${entry.host}`) : host === entry.host) &&
        url.port === (entry.port ?? ''),
    );
  };
}

function readEntry(entry: string): Entry {
  const [, star, host = '', port] = /^(\*\.)?([^*/@?#\s]+?)(?::(\d{1,5}))?$/.exec(entry.trim()) ?? [];
  const bare = /^[\da-f]*:[\da-f:.]*$/i.test(entry.trim());
  const url = bare ? `http://[${entry.trim()}]/` : `http://${host}/`;
  if ((host === '' && !bare) || !URL.canParse(url))
    throw new Error(
      `"${entry}" is not a valid entry of an allow-list; write example.org, *.example.org or example.org:8080.`,
    );
  return {
    host: normalHost(new URL(url).hostname),
    below: star !== undefined,
    port: bare ? undefined : port,
  };
}
