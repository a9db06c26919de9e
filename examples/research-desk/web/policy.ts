/** The rules for fetching: which hosts, and how much. */
import { lookup } from 'node:dns/promises';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface FetchPolicy {
  /** Hosts: `example.org`, `*.example.org`, `localhost:8080`; see `allow-list.ts`. Empty allows nothing. */
  readonly allow: readonly string[];
  /** Addresses and networks that are allowed although they are not public, e.g. `127.0.0.1`, `10.1.0.0/16`. */
  readonly allowPrivate: readonly string[];
  /** The limit for the whole request in milliseconds, including redirects and the body. */
  readonly timeMs: number;
  /** The limit of the body; the rest is cut off. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Resolves a name; called once for each connection, which uses exactly the returned addresses. */
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

/** From `BATON_FETCH_ALLOW` and `BATON_FETCH_ALLOW_PRIVATE`: entries separated by commas. Unset allows nothing. */
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
