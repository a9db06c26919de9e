/** The wire of a conversation: what a user says to a swarm, and what they read of it. Names that clients use. */
import { BatonError } from '../errors.js';
import type { Json } from '../data/json.js';
import { countBytes } from '../data/within-bytes.js';

/** Update and signal by which a user says something. */
export const SAY = 'say';
/** Query: where the conversation stands, and its last turns. */
export const TALK = 'talk';
/** Signal that ends the conversation once what was said before is answered. */
export const END_TALK = 'end-talk';

/** In the input of a run that is started only to be talked with: what is no swarm then does nothing. */
export const TALK_ONLY = 'baton.talk';

/** What a user says. */
export interface Said {
  readonly v?: 1;
  /** Names the message: said again under the same id it counts once. Without one it is a message of its own. */
  readonly id?: string;
  readonly text: string;
  /** Who says it, as they claim. */
  readonly by?: string;
}

/** That a message is taken in. It is answered in its turn. */
export interface TalkTicket {
  readonly v: 1;
  readonly id: string;
  /** Which turn of the conversation it is, from 1. */
  readonly turn: number;
}

/** One message and what came of it. */
export interface TalkTurn {
  readonly turn: number;
  readonly id: string;
  readonly text: string;
  readonly by?: string;
  /** Who answered. */
  readonly agent?: string;
  /** The answer, as the agent gives it. */
  readonly answer?: Json;
  /** Why there is none. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** The answer to the query `talk`. */
export interface TalkView {
  readonly v: 1;
  readonly state: 'open' | 'ended';
  /** Who has control, and gets what is said next. */
  readonly active: string;
  /** How many messages were taken in, and how many of them are answered. */
  readonly turns: number;
  readonly answered: number;
  /** The last turns, oldest first; those that wait are always among them. */
  readonly recent: readonly TalkTurn[];
}

const TEXT_AT_MOST_BYTES = 32_000;
const NAME_AT_MOST = 200;

/**
 * What came over the wire as a message.
 *
 * @throws {BatonError} `BAD_INPUT` for what is none.
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
    throw createMessageError(`has an "${name}" that is no text of 1 to ${NAME_AT_MOST} characters`);
  }
  return { text, ...(id === undefined ? {} : { id }), ...(by === undefined ? {} : { by }) };
}

function createMessageError(why: string): BatonError {
  return new BatonError('BAD_INPUT', `The message ${why}. Nothing was said.`);
}
