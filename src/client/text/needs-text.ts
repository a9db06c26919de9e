/** Who must decide on a request, who has, and what a decision proves, in words. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Requirement } from '../../contracts/requests/request-parts.js';

/** Said wherever decisions prove nothing. */
export const UNAUTHENTICATED_TEXT = 'anybody can decide here: decisions are claims, not proofs';

/** `2 people of finance, not who asked for the run (policy large-refunds)`. */
export function describeNeeds({ roles, quorum, notRequester, policy }: Requirement): string {
  const who = quorum === 1 ? 'one person' : `${quorum} people`;
  const of = roles.length === 0 ? '' : ` of ${roles.join(' or ')}`;
  const not = notRequester ? ', not who asked for the run' : '';
  return `${who}${of}${not}${policy === undefined ? '' : ` (policy ${policy})`}`;
}

/** `1 of 2 approvals: ada`; undefined where one is enough. */
export function describeVotes({
  needs,
  votes,
  voted,
}: Pick<WaitingRequest, 'needs' | 'votes' | 'voted'>): string | undefined {
  if (needs === undefined || needs.quorum === 1) return undefined;
  const people = (votes ?? []).map(({ by, option }) => (option === 'approve' ? by : `${by} ("${option}")`));
  const named = people.length === 0 ? '' : `: ${people.join(', ')}`;
  return `${people.length || (voted ?? 0)} of ${needs.quorum} approvals${named}`;
}
