/** The values of the search attribute `BatonWaitsFor`: lists in the Temporal Web UI filter by them. */
import type { RequestSummary } from './approval.js';

/** The server rejects a longer value, and the run would then be stuck. A character has at most three bytes. */
const ROLE_LIMIT = 80;
const WHOLE_LIMIT = 600;

type Asked = Pick<RequestSummary, 'needs' | 'askedOf'>;

/** The roles that can decide; empty if anyone can. */
export function listEligibleRoles({ needs, askedOf }: Asked): readonly string[] {
  return needs?.roles ?? askedOf?.roles ?? [];
}

/** `person`, then `role:NAME` for each eligible role, and `anyone` if a request names no role. */
export function listWaitsFor(pending: readonly Asked[]): string[] {
  if (pending.length === 0) return [];
  const roles = pending.map(listEligibleRoles);
  const named = [...new Set(roles.flat())].filter(({ length }) => length <= ROLE_LIMIT).toSorted();
  let room = WHOLE_LIMIT;
  return [
    'person',
    ...(roles.some(({ length }) => length === 0) ? ['anyone'] : []),
    ...named.map((role) => `role:${role}`).filter(({ length }) => (room -= length) >= 0),
  ];
}
