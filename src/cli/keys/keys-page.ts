/** The registry of approvers as `baton keys` prints it. */
import type { ApproverKey, ApproverRegistry } from '../../contracts/proof/approver.js';
import type { LineStyle } from '../terminal/palette.js';
import { escapeText } from '../terminal/escape-text.js';
import { formatTable } from '../terminal/table.js';

/** Whether signatures by a key are valid now. */
export type KeyState = 'counts' | 'not-yet' | 'over' | 'revoked';

export function readKeyState({ from, until, revokedAt }: ApproverKey, now: number): KeyState {
  const past = (instant: string | undefined): boolean => instant !== undefined && Date.parse(instant) <= now;
  if (past(revokedAt)) return 'revoked';
  if (past(until)) return 'over';
  return from !== undefined && !past(from) ? 'not-yet' : 'counts';
}

export function renderKeysPage(
  registry: ApproverRegistry,
  { now, ...style }: LineStyle & { readonly now: number },
): string[] {
  const { approvers, gateways = [] } = escapeText(registry);
  const rows = [
    ...approvers.map(({ subject, roles, keys }) => ({ subject, keys, roles: roles.join(', ') || 'none' })),
    ...gateways.map(({ name, roles, keys }) => ({
      subject: `${name} (gateway)`,
      keys,
      roles: roles === undefined ? 'all of whom it speaks for' : roles.join(', '),
    })),
  ].flatMap(({ subject, roles, keys }) =>
    keys.length === 0
      ? [[subject, roles, '', 'through a gateway only']]
      : keys.map((key) => [subject, roles, key.kid, formatState(key, now)]),
  );
  if (rows.length === 0) return ['Nobody stands in the registry: nobody may decide.'];
  const columns = [
    { title: 'WHO', flexible: true },
    { title: 'ROLES', flexible: true },
    { title: 'KEY' },
    { title: 'STATE' },
  ];
  return formatTable(columns, rows, style);
}

function formatState(key: ApproverKey, now: number): string {
  return {
    revoked: `revoked at ${key.revokedAt}`,
    over: `counted until ${key.until}`,
    'not-yet': `counts from ${key.from}`,
    counts: key.until === undefined ? 'counts' : `counts until ${key.until}`,
  }[readKeyState(key, now)];
}
