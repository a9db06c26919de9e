/**
 * Resolves a host and checks every address before anything is sent there. The connection uses the checked
 * address and does not resolve the name again, so a name that changes its address in between gains nothing.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';
import { NoticeError } from '../notifier.js';

/** Returns every address of a name, as the system resolves it. */
export type Resolve = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolve = (host, done) => systemLookup(host, { all: true }, done);

/** Checks a host that is an IP address, because such a host is never resolved. */
export function assertPublicHost(host: string): void {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw createNotPublicError(host);
}

/** For the `lookup` of a connection: fails if `isAllowed` refuses one of the addresses. */
export function createCheckedLookup(
  resolve: Resolve = resolveBySystem,
  isAllowed: (address: string) => boolean = isPublicAddress,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, found) => {
      const first = found?.[0];
      if (error) return done(error, '');
      if (first === undefined || !found.every(({ address }) => isAllowed(address)))
        return done(createNotPublicError(host), '');
      if (options.all === true) return done(null, found);
      return done(null, first.address, first.family);
    });
  };
}

function createNotPublicError(host: string): NoticeError {
  return new NoticeError(
    `${host} is not an address of the public internet, so nothing was sent. Where it is meant: webhook({ allowPrivate: true }).`,
    { retryable: false },
  );
}
