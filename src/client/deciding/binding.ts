/** Computes the digest of a request from the data on screen, and compares it with the request's own digest. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { digestAction, digestQuestion } from '../../contracts/proof/root.js';

/** `unchecked`: only a part of the request is known, so the digest can't be checked here. */
export type Binding = 'none' | 'matches' | 'differs' | 'unchecked';

/** @param run - the execution, as the server names it. */
export function toBinding(request: WaitingRequest, run: string): Binding {
  if (request.digest === undefined && !request.signed) return 'none';
  if (!request.whole) return 'unchecked';
  const { id, tool, args = null, question, details, options, said, requester } = request;
  const known = details === undefined ? {} : { details };
  const bound = { options, said, requester };
  const found =
    tool === undefined
      ? digestQuestion({ request: id, run, question, ...known, ...bound })
      : digestAction({ request: id, run, tool, args, ...bound });
  return found === request.digest ? 'matches' : 'differs';
}
