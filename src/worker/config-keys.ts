/**
 * Checks whether a default export is a configuration without unknown settings. Without this check, a typing error would
 * have no visible effect.
 */
import { findNearest, describeNearest } from '../contracts/data/nearest.js';
import { createConfigError } from '../contracts/errors.js';
import type { ApprovalsConfig, BatonConfig, InboxConfig } from './config.js';

type Keys<T> = Readonly<Record<keyof Required<T>, true>>;

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

/**
 * Undefined for another value, such as a module of orchestrations.
 *
 * @throws {BatonError} `BAD_CONFIG` for a setting that does not exist, with the nearest existing one.
 */
export function readConfig(value: unknown, file: string): BatonConfig | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const known = Object.keys(SETTINGS);
  const isMeant = (key: string): boolean => findNearest(key, known) !== undefined;
  if (!Object.keys(value).some(isMeant)) return undefined;
  assertKnown(value, SETTINGS, { file, at: '' });
  const { approvals, inbox } = value as BatonConfig;
  if (approvals !== undefined) assertKnown(approvals, APPROVALS, { file, at: 'approvals.' });
  if (inbox !== undefined) assertKnown(inbox, INBOX, { file, at: 'inbox.' });
  return value;
}

function assertKnown(
  given: object,
  settings: object,
  { file, at }: { readonly file: string; readonly at: string },
): void {
  const known = Object.keys(settings);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw createConfigError(
    `${file} has the setting "${at}${unknown}", which does not exist.${describeNearest(unknown, known)} There are: ${known.join(', ')}.`,
    { file, setting: `${at}${unknown}` },
  );
}
