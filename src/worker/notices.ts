/** Reads and checks the notice settings of a configuration. */
import { createConfigError } from '../contracts/errors.js';
import { findRepeated } from '../contracts/data/names.js';
import type { Notifier } from '../notices/notifier.js';
import type { BatonConfig } from './config.js';
import { isLoopback } from './loopback.js';

/** The notifiers, and the page that notices link to. */
interface Told {
  readonly notify: readonly Notifier[];
  readonly inboxUrl?: string;
}

/** @throws {BatonError} `BAD_CONFIG` */
export function readNoticeOptions({ notify = [], inboxUrl }: BatonConfig, configFile: string): Told {
  const twice = findRepeated(notify.map(({ name }) => name));
  if (twice !== undefined) {
    throw createConfigError(
      `${configFile}: two of "notify" are named "${twice}". Give each its own name: { name: … }.`,
      { name: twice },
    );
  }
  return { notify, ...(inboxUrl === undefined ? {} : { inboxUrl: readOrigin(inboxUrl, configFile) }) };
}

/** Removes the slash at the end, since paths are appended. */
function readOrigin(text: string, configFile: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url && plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))))
    return url.origin;
  throw createConfigError(
    `${configFile}: "inboxUrl" is ${JSON.stringify(text)}; it is https://host[:port] without a path, or http on this machine.`,
    { inboxUrl: text },
  );
}
