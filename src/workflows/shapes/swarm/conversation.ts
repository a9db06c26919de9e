/**
 * The state of a conversation, as data: what was said and waits, what was answered, and who has control. Nothing here
 * waits, so that a message is taken in within one workflow task.
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

// All of it goes along to the next execution, which takes 1 MB: what is waiting, what is told, and the ids.
/** How many messages may wait for their answers, and how much. */
const WAITING_AT_MOST = 200;
const WAITING_AT_MOST_BYTES = 300_000;
/** Of the turns that are over, so many and so much is told. */
const TOLD_AT_MOST = 50;
const TOLD_AT_MOST_BYTES = 256_000;
/** So many ids of messages are known, so that one that is sent again counts once. */
const IDS_AT_MOST = 1_000;
const IDS_AT_MOST_BYTES = 150_000;

/** What the next execution goes on with. */
export interface ConversationState {
  readonly v: 1;
  readonly active: string;
  readonly turns: number;
  readonly answered: number;
  readonly recent: readonly TalkTurn[];
  readonly ids: readonly (readonly [string, number])[];
  readonly ended: boolean;
  readonly held?: ActiveWork;
  /** Of those who have had control, where their conversations rest. */
  readonly resting?: readonly (readonly [string, RestingWork])[];
}

export class Conversation {
  active: string;
  held: ActiveWork | undefined;
  /** By agent: where its conversation goes on when it has control again. */
  readonly resting: Map<string, RestingWork>;
  /** Whether it was said that it ends. */
  ended = false;
  /** Whether it is over. */
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

  /** @throws {BatonError} what makes that a message is not taken in; nothing has changed then. */
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
    // A name made here is none that a message can be sent again under: another may have chosen the same.
    if (said.id !== undefined) this.know(said.id, turn);
    this.waiting.push({ turn, id, text: said.text, ...defined({ by: said.by }) });
    return { v: 1, id, turn };
  }

  /** The oldest message that waits for its answer. */
  next(): TalkTurn | undefined {
    return this.waiting[0];
  }

  /** Those after the one that is being answered. */
  unanswered(): readonly TalkTurn[] {
    return this.waiting.slice(1);
  }

  /** How many messages this execution was sent. A server takes so many for each, and no more. */
  get messages(): number {
    return this.received;
  }

  /** What came of the oldest message that waits. */
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
