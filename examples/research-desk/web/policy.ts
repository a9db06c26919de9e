/** What may be fetched, and how much of it. */
import { lookup } from 'node:dns/promises';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface FetchPolicy {
  /** Hosts: `example.org`, `*.example.org`, `localhost:8080`; see `allow-list.ts`. Empty allows nothing. */
  readonly allow: readonly string[];
  /** Addresses and networks that may be reached although they are not public, e.g. `127.0.0.1`, `10.1.0.0/16`. */
  readonly allowPrivate: readonly string[];
  /** For everything, redirects and body included, in milliseconds. */
  readonly timeMs: number;
  /** Of the body; the rest is cut off. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Finds the addresses of a name; asked once for each connection, which goes to what it said. */
  readonly resolve: (host: string) => Promise<readonly ResolvedAddress[]>;
}

export const DEFAULT_POLICY: FetchPolicy = {
  allow: [],
  allowPrivate: [],
  timeMs: 10_000,
  maxBytes: 1024 * 1024,
  maxRedirects: 5,
  resolve: (host) => lookup(host, { all: true }),
};

/** From `BATON_FETCH_ALLOW` and `BATON_FETCH_ALLOW_PRIVATE`: entries with commas between them. Unset allows nothing. */
export function policyFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<FetchPolicy, 'allow' | 'allowPrivate'> {
  const entries = (name: string): string[] =>
    (environment[name] ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  return { allow: entries('BATON_FETCH_ALLOW'), allowPrivate: entries('BATON_FETCH_ALLOW_PRIVATE') };
}
