/** The approvals that are required: how many people, of which roles, and whether the requester may be one of them. */
import { createDefinitionError } from '../errors.js';
import type { Requirement } from './request-parts.js';

/** Any one person. */
export const ANYBODY: Requirement = { roles: [], quorum: 1, notRequester: false };

/** The maximum quorum. */
export const QUORUM_LIMIT = 20;

/** @throws {BatonError} `BAD_DEFINITION` */
export function assertQuorum(quorum: number, owner: string): void {
  if (Number.isSafeInteger(quorum) && quorum >= 1 && quorum <= QUORUM_LIMIT) return;
  throw createDefinitionError(
    `${owner}: quorum is a number of people from 1 to ${QUORUM_LIMIT}, not ${quorum}.`,
  );
}
