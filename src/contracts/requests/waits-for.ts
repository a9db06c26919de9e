/** The values of the search attribute `BatonWaitsFor`: lists in the Temporal Web UI filter by them. */
import { countBytes } from '../data/within-bytes.js';
import type { RequestSummary } from './approval.js';

/** The server rejects a longer value, and the run would then be stuck. In bytes of JSON. */
const ROLE_LIMIT = 240;
const WHOLE_LIMIT = 1_500;

type Asked = Pick<RequestSummary, 'needs' | 'askedOf'>;

/** The roles that can decide; empty if anyone can. */
export function listEligibleRoles({ needs, askedOf }: Asked): readonly string[] {
  return needs?.roles ?? askedOf?.roles ?? [];
}

/** `person`, then `role:NAME` for each eligible role, and `anyone` if a request names no role. */
export function listWaitsFor(pending: readonly Asked[]): string[] {
  if (pending.length === 0) return [];
  const roles = pending.map(listEligibleRoles);
  const named = [...new Set(roles.flat())].filter((role) => countJsonBytes(role) <= ROLE_LIMIT).toSorted();
  let room = WHOLE_LIMIT;
  return [
    'person',
    ...(roles.some(({ length }) => length === 0) ? ['anyone'] : []),
    ...named.map((role) => `role:${role}`).filter((value) => (room -= countJsonBytes(value)) >= 0),
  ];
}

function countJsonBytes(value: string): number {
  return countBytes(JSON.stringify(value));
}
