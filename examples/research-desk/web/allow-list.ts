/** Which hosts may be asked: exact names and addresses, or all names below one (`*.example.org`). */

/** A host as a URL's parser writes it: lower case, in ASCII, without the dot that may end it or the brackets of IPv6. */
export function normalHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
}

interface Entry {
  readonly host: string;
  readonly below: boolean;
  /** Undefined: the port that belongs to the scheme. */
  readonly port: string | undefined;
}

/**
 * Reads an allow-list. `example.org` allows that host and nothing below it, `*.example.org` what is below and not
 * itself; both on the usual port of the scheme, unless the entry names one (`localhost:8080`).
 *
 * @throws an Error for an entry that is no host.
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
      `"${entry}" is no entry of an allow-list; write example.org, *.example.org or example.org:8080.`,
    );
  return {
    host: normalHost(new URL(url).hostname),
    below: star !== undefined,
    port: bare ? undefined : port,
  };
}
