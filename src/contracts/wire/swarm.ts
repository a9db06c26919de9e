/** The wire names of a conversation with a swarm. Clients use them. */
import { defined } from '../data/defined.js';
import { type BatonError, createInputError } from '../errors.js';
import type { Said } from './conversation.js';
import { countBytes } from '../data/within-bytes.js';

/** Update and signal with which a user sends a message. */
export const SAY = 'say';
/** Query: the state of the conversation, and its last turns. */
export const TALK = 'talk';
/** Signal that ends the conversation after the earlier messages are answered. */
export const END_TALK = 'end-talk';

/**
 * In the input of a run that is started only for a conversation: if the workflow is not a swarm, it then does nothing.
 */
export const TALK_ONLY = 'baton.talk';

const TEXT_AT_MOST_BYTES = 32_000;
const NAME_AT_MOST = 200;

/**
 * Parses a message from the wire.
 *
 * @throws {BatonError} `BAD_INPUT` for an invalid message.
 */
export function readSaid(wire: unknown): Said {
  const { id, text, by } = (typeof wire === 'object' && wire !== null ? wire : {}) as Partial<Said>;
  if (typeof text !== 'string' || text.trim() === '')
    throw createMessageError('has no text: send { "text": "…" }, and an "id" where it may be sent twice');
  const bytes = countBytes(text);
  if (bytes > TEXT_AT_MOST_BYTES)
    throw createMessageError(`has ${bytes} bytes of text, and at most ${TEXT_AT_MOST_BYTES} are taken`);
  for (const [name, value] of Object.entries({ id, by })) {
    if (value === undefined) continue;
    if (typeof value === 'string' && value !== '' && value.length <= NAME_AT_MOST) continue;
    throw createMessageError(`has an "${name}" that is not a text of 1 to ${NAME_AT_MOST} characters`);
  }
  return { text, ...defined({ id, by }) };
}

function createMessageError(why: string): BatonError {
  return createInputError(`The message ${why}. Nothing was said.`);
}
