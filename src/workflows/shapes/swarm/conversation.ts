/**
 * The state of a conversation, as data: the waiting messages, the answers, and the agent in control. No code here waits, so
 * that a message is accepted within one workflow task.
 */
import { defined } from '../../../contracts/data/defined.js';
import type { Said, TalkTicket, TalkTurn, TalkView } from '../../../contracts/wire/conversation.js';
import { type BatonError, createInputError, createRunClosedError } from '../../../contracts/errors.js';
import type { Json } from '../../../contracts/data/json.js';
import { clip } from '../../../contracts/data/preview.js';
import { countBytes } from '../../../contracts/data/within-bytes.js';
import type { RestingWork } from '../../task/resting-work.js';
import type { ActiveWork } from './active-work.js';
import { numberLabel } from '../../../contracts/data/step-path.js';

// All of it must fit in the next execution's 1 MB: the waiting messages, the answers, and the ids.
/** How many messages may wait for their answers, and their total size. */
const WAITING_AT_MOST = 200;
const WAITING_AT_MOST_BYTES = 300_000;
/** How many past turns are reported, and their total size. */
const TOLD_AT_MOST = 50;
const TOLD_AT_MOST_BYTES = 256_000;
/** How many message ids are remembered, so that a repeated message counts once. */
const IDS_AT_MOST = 1_000;
const IDS_AT_MOST_BYTES = 150_000;

/** The data that the next execution continues with. */
export interface ConversationState {
  readonly v: 1;
  readonly active: string;
  readonly turns: number;
  readonly answered: number;
  readonly recent: readonly TalkTurn[];
  readonly ids: readonly (readonly [string, number])[];
  readonly ended: boolean;
  readonly held?: ActiveWork;
  /** The suspended conversations of agents that had control before. */
  readonly resting?: readonly (readonly [string, RestingWork])[];
}

export class Conversation {
  active: string;
  held: ActiveWork | undefined;
  /** By agent: where its conversation continues when it has control again. */
  readonly resting: Map<string, RestingWork>;
  /** Whether a request to end it has arrived. */
  ended = false;
  /** Whether it has ended. */
  over = false;
  private turns = 0;
  private answered = 0;
  private readonly waiting: TalkTurn[] = [];
  private done: { readonly turn: TalkTurn; readonly bytes: number }[] = [];
  private readonly ids = new Map<string, number>();
  private idBytes = 0;
  private received = 0;

  constructor(entry: string, state?: ConversationState) {
    this.active = state?.active ?? entry;
    this.resting = new Map(state?.resting);
    if (state === undefined) return;
    this.held = state.held;
    this.ended = state.ended;
    this.turns = state.turns;
    this.answered = state.answered;
    for (const [id, turn] of state.ids) this.know(id, turn);
    for (const turn of state.recent) {
      if (turn.turn > state.answered) this.waiting.push(turn);
      else this.done.push({ turn, bytes: measureSize(turn) });
    }
  }

  /** @throws {BatonError} why the message is refused; nothing has changed then. */
  assertTakes({ id, text }: Said): void {
    if (id !== undefined && this.ids.has(id)) return;
    if (this.over || this.ended)
      throw createRunClosedError('The conversation has ended: nothing can be said any more.');
    const bytes = this.waiting.reduce((sum, each) => sum + countBytes(each.text), countBytes(text));
    const first = this.waiting.length === 0;
    if (first || (this.waiting.length < WAITING_AT_MOST && bytes <= WAITING_AT_MOST_BYTES)) return;
    throw createInputError(
      `${this.waiting.length} messages wait for their answers, and this one would be more than is taken in. Nothing was said; say it again when some are answered.`,
      { waiting: this.waiting.length },
    );
  }

  /** @throws as {@link assertTakes}. */
  take(said: Said): TalkTicket {
    this.received += 1;
    this.assertTakes(said);
    const known = said.id === undefined ? undefined : this.ids.get(said.id);
    if (said.id !== undefined && known !== undefined) return { v: 1, id: said.id, turn: known };
    this.turns += 1;
    const turn = this.turns;
    const id = said.id ?? numberLabel('turn', turn);
    // A generated id cannot be used to send a message again, because another sender may have chosen the same one.
    if (said.id !== undefined) this.know(said.id, turn);
    this.waiting.push({ turn, id, text: said.text, ...defined({ by: said.by }) });
    return { v: 1, id, turn };
  }

  /** The oldest message that waits for its answer. */
  next(): TalkTurn | undefined {
    return this.waiting[0];
  }

  /** The messages after the one that is being answered. */
  unanswered(): readonly TalkTurn[] {
    return this.waiting.slice(1);
  }

  /** How many messages this execution received. A server accepts a limited number for each execution. */
  get messages(): number {
    return this.received;
  }

  /** The outcome of the oldest waiting message. */
  settle(
    outcome: { readonly agent: string } & ({ readonly answer: Json } | { readonly error: BatonError }),
  ): void {
    const said = this.waiting.shift();
    if (said === undefined) return;
    this.answered += 1;
    const { agent } = outcome;
    const turn: TalkTurn =
      'error' in outcome
        ? {
            ...said,
            agent,
            error: { code: outcome.error.code, message: clip(outcome.error.message, 2_000) },
          }
        : { ...said, agent, answer: outcome.answer };
    this.done.push({ turn, bytes: measureSize(turn) });
    this.forget();
  }

  view(): TalkView {
    return {
      v: 1,
      state: this.over ? 'ended' : 'open',
      active: this.active,
      turns: this.turns,
      answered: this.answered,
      recent: [...this.done.map(({ turn }) => turn), ...this.waiting],
    };
  }

  state(): ConversationState {
    const { turns, answered, recent, active } = this.view();
    const { ended, held } = this;
    return {
      v: 1,
      active,
      turns,
      answered,
      recent,
      ids: [...this.ids],
      ended,
      ...defined({ held }),
      ...(this.resting.size === 0 ? {} : { resting: [...this.resting] }),
    };
  }

  private know(id: string, turn: number): void {
    this.ids.set(id, turn);
    this.idBytes += countBytes(id);
    for (const oldest of this.ids.keys()) {
      if (this.ids.size <= IDS_AT_MOST && this.idBytes <= IDS_AT_MOST_BYTES) break;
      this.ids.delete(oldest);
      this.idBytes -= countBytes(oldest);
    }
  }

  private forget(): void {
    let bytes = this.done.reduce((sum, each) => sum + each.bytes, 0);
    while (this.done.length > 1 && (this.done.length > TOLD_AT_MOST || bytes > TOLD_AT_MOST_BYTES)) {
      bytes -= this.done.shift()?.bytes ?? 0;
    }
  }
}

function measureSize(turn: TalkTurn): number {
  return countBytes(JSON.stringify(turn));
}
