/** Whether a proven person may decide. */
import type { Requirement } from '../requests/request-parts.js';
import { createUnprovenError, type Signer } from './signer.js';

/** The requester of the run; undefined if not proven. */
export type Requester = Pick<Signer, 'subject'> | undefined;

/**
 * Checks that a proven person may decide.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function assertEligible(
  { subject, roles, kid }: Signer,
  requirement: Requirement,
  requester: Requester,
): void {
  const who = { subject, kid };
  if (requirement.roles.length > 0 && !requirement.roles.some((role) => roles.includes(role))) {
    throw createUnprovenError(
      'wrong-role',
      `${subject} has ${roles.length === 0 ? 'no role that counts here' : `the roles ${roles.join(', ')}`}; this needs ${requirement.roles.join(' or ')}.`,
      who,
    );
  }
  if (!requirement.notRequester) return;
  if (requester === undefined) {
    throw createUnprovenError(
      'unproven-requester',
      'The requester of this run is not proven, and the requester must not decide: so no one can. Start the run with a signed requester.',
      who,
    );
  }
  if (requester.subject === subject) {
    throw createUnprovenError('requester', `${subject} asked for this run, and may not decide on it.`, who);
  }
}
