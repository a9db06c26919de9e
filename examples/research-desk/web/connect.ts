/**
 * One GET to one address. The target is checked at the moment of connecting: the name is resolved once, every
 * address is checked, and the connection uses only these addresses. A name that changes its address in
 * between gains nothing.
 */
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic, privateNetworks } from './addresses.js';
import { normalHost } from './allow-list.js';
import type { FetchPolicy, ResolvedAddress } from './policy.js';
import { FetchFailure, Refusal } from './refusal.js';

const HEADERS = {
  'user-agent': 'baton-research-desk',
  accept: 'text/*, application/json, application/xml;q=0.9, */*;q=0.1',
  // The size limit applies to received bytes, and a small compressed body can become a very large text.
  'accept-encoding': 'identity',
};

/**
 * Requests `url`, and returns the response with its body unread.
 *
 * @throws {Refusal} when the host has a forbidden address; {FetchFailure} when there is no response.
 */
export async function get(url: URL, policy: FetchPolicy, signal: AbortSignal): Promise<http.IncomingMessage> {
  const host = normalHost(url.hostname);
  const judge = judgeOf(policy);
  // A host that is an address is never resolved, so it is checked here.
  if (isIP(host) !== 0) judge(host, [{ address: host, family: isIP(host) }]);
  const options: https.RequestOptions = {
    method: 'GET',
    protocol: url.protocol,
    hostname: host,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: HEADERS,
    agent: false,
    lookup: guardedLookup(policy, judge),
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.request(options) : http.request(options);
    request.on('response', resolve);
    request.on('error', reject);
    request.on('close', () =>
      reject(new FetchFailure('The server closed the connection without an answer.')),
    );
    request.end();
  });
}

type Judge = (host: string, addresses: readonly ResolvedAddress[]) => void;

function judgeOf({ allowPrivate }: FetchPolicy): Judge {
  const permitted = privateNetworks(allowPrivate);
  return (host, addresses) => {
    for (const { address } of addresses) {
      if (isPublic(address) || permitted(address)) continue;
      const is = host === address ? 'is' : `has the address ${address}, which is`;
      throw new Refusal(
        `${host} ${is} not on the public internet, and not among the private addresses allowed.`,
      );
    }
  };
}

function guardedLookup({ resolve }: FetchPolicy, judge: Judge): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((addresses) => {
        const [first] = addresses;
        if (first === undefined) throw new FetchFailure(`${host} has no address.`);
        judge(host, addresses);
        return { first, addresses };
      })
      .then(
        ({ first, addresses }) =>
          options.all === true
            ? callback(
                null,
                addresses.map(({ address, family }) => ({ address, family })),
              )
            : callback(null, first.address, first.family),
        (error: unknown) => callback(error instanceof Error ? error : new FetchFailure(String(error)), '', 0),
      );
  };
}
