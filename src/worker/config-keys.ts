/**
 * Checks whether a default export is a configuration without unknown settings. Without this check, a typing error would
 * have no visible effect.
 */
import { describeUnknownKey, findUnknownKeys, type Keys } from '../contracts/data/known-keys.js';
import { findNearest } from '../contracts/data/nearest.js';
import type { Problems } from '../contracts/data/problems.js';
import { type BatonError, createConfigError } from '../contracts/errors.js';
import type { ApprovalsConfig, BatonConfig, InboxConfig } from './config.js';

const SETTINGS: Keys<BatonConfig> = {
  workflows: true,
  crewTools: true,
  teams: true,
  tools: true,
  models: true,
  prices: true,
  approvals: true,
  store: true,
  receipts: true,
  keepPrompts: true,
  outputs: true,
  retryFor: true,
  activitySlots: true,
  inbox: true,
  notify: true,
  inboxUrl: true,
  taskQueue: true,
};
const APPROVALS: Keys<ApprovalsConfig> = {
  mode: true,
  registry: true,
  policies: true,
  unauthenticatedBeyondLoopback: true,
};
const INBOX: Keys<InboxConfig> = { oidc: true, readers: true };

/** The configuration; undefined for another value, such as a module of orchestrations. Collects unknown settings. */
export function readConfig(value: unknown, file: string, problems: Problems): BatonConfig | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const known = Object.keys(SETTINGS);
  const isMeant = (key: string): boolean => findNearest(key, known) !== undefined;
  if (!Object.keys(value).some(isMeant)) return undefined;
  const { approvals = {}, inbox = {} } = value as BatonConfig;
  const parts: readonly (readonly [at: string, given: object, settings: object])[] = [
    ['', value, SETTINGS],
    ['approvals.', approvals, APPROVALS],
    ['inbox.', inbox, INBOX],
  ];
  for (const [at, given, settings] of parts)
    for (const key of findUnknownKeys(given, settings))
      problems.add(createUnknownError(file, at, key, settings));
  return value;
}

function createUnknownError(file: string, at: string, key: string, settings: object): BatonError {
  return createConfigError(`${file}: ${describeUnknownKey('setting', `${at}${key}`, key, settings)}`, {
    file,
    setting: `${at}${key}`,
  });
}
