/** Sorts requests by urgency: the nearest deadline first; without deadlines the oldest first. Pure. */
import type { RequestSummary } from '../../contracts/requests/approval.js';

type Asked = Pick<RequestSummary, 'deadline' | 'askedAt' | 'id'>;

/**
 * A comparison for sorting. It compares instants by code units; a locale's order would put other signs before digits.
 */
export function compareUrgency(a: Asked, b: Asked): number {
  const [first, second] = [toUrgencyKey(a), toUrgencyKey(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function toUrgencyKey({ deadline = '~', askedAt, id }: Asked): string {
  return `${deadline} ${askedAt} ${id}`;
}
