/** The hash chain of a conversation. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/data/canonical-json.js';
import type { Message } from '../contracts/handoff/messages.js';

export interface Link {
  readonly hash: string;
  readonly parent: string | null;
  readonly message: Message;
}

/** The links that messages make below a head; the last link's hash is the new head. */
export function chainMessages(head: string | null, messages: readonly Message[]): Link[] {
  let parent = head;
  return messages.map((message) => {
    const hash = computeDigest({ parent, message });
    const link = { hash, parent, message };
    parent = hash;
    return link;
  });
}

/** The same result as the contracts' `digest`, with Node's own hash: messages may be long, and the sandbox's hash is slower. */
export function computeDigest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
