/** What a decision on a request is bound to, worked out from what is shown: never taken from the request's own word. */
import { digest } from '../contracts/canonical-json.js';
import type { WaitingRequest } from '../client/waiting-request.js';

/** `unchecked`: what is shown is only a part, so that nobody here can say. */
export type Binding = 'none' | 'matches' | 'differs' | 'unchecked';

export function bindingOf(request: WaitingRequest, run: string): Binding {
  if (request.digest === undefined) return 'none';
  if (!request.whole) return 'unchecked';
  const { id, tool, args, question, details } = request;
  const shown =
    tool === undefined ? { request: id, run, question, details } : { request: id, run, tool, args };
  return digest(shown) === request.digest ? 'matches' : 'differs';
}
