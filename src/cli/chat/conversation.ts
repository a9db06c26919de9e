/** One side of a conversation: sends what was typed and prints what happens until the answer is there. */
import type { TalkTurn, TalkView } from '../../contracts/wire/conversation.js';
import { createNoWorkerError } from '../../client/runs/no-worker.js';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { pendingRequests } from '../../client/runs/observe.js';
import { answerTo, say, talkOf } from '../../client/conversations/conversation.js';
import { explainNoAnswer } from '../../client/runs/explain-no-answer.js';
import { readCommandName } from '../terminal/command-name.js';
import { escapeText } from '../terminal/escape-text.js';
import { formatValue } from '../terminal/text-width.js';
import type { Screen } from '../terminal/screen.js';

/** A returning person sees this many earlier turns. */
const TURNS_BEFORE = 3;
/** A run that has just started needs some time until a worker runs its first workflow task. */
const BEGINS_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 200;

interface Talking {
  readonly workflowId: string;
  readonly by: string | undefined;
}

export class Conversation {
  private readonly screen: Screen;
  private readonly client: Client;
  private readonly talking: Talking;
  private readonly asked = new Set<string>();
  private active = '';

  constructor(screen: Screen, client: Client, talking: Talking) {
    this.screen = screen;
    this.client = client;
    this.talking = talking;
  }

  /** Prints the last messages and the owner. */
  async begin(): Promise<void> {
    const talk = await this.found();
    this.active = talk.active;
    if (this.screen.json) return;
    for (const turn of talk.recent.slice(-TURNS_BEFORE)) {
      this.screen.print(`${this.screen.palette.quiet('you:')} ${escapeText(turn.text)}`);
      this.tell(turn);
    }
    this.screen.note(this.screen.notePalette.quiet(`${talk.active} has control.`));
  }

  /** Resolves with the state of the conversation as soon as the run answers. */
  private async found(): Promise<TalkView> {
    const { workflowId } = this.talking;
    const until = Date.now() + BEGINS_WITHIN_MS;
    for (let look = 1; Date.now() < until; look += 1) {
      // Checked before the query: a run that has just begun may answer the query first with its own state.
      const why = look % 5 === 0 ? await explainNoAnswer(this.client, workflowId) : undefined;
      const talk = await talkOf(this.client, workflowId);
      if (talk !== undefined) return talk;
      if (why !== undefined) throw why;
      await pause(LOOK_AGAIN_MS);
    }
    throw createNoWorkerError({
      workflowId,
      what: 'the conversation does not begin',
      after: `See \`${readCommandName()} show ${workflowId}\`.`,
    });
  }

  /** Sends a message and prints the answer. */
  async turn(text: string, signal: AbortSignal): Promise<void> {
    const { workflowId, by } = this.talking;
    const ticket = await say(this.client, workflowId, text, by === undefined ? {} : { by });
    let looks = 0;
    const answer = await answerTo(this.client, workflowId, ticket, {
      signal,
      looked: ({ active }) => {
        this.control(active);
        looks += 1;
        // Only a turn without a quick answer is checked for pending requests.
        if (looks % 4 === 0) this.requests().catch(() => {});
      },
    });
    this.control((await talkOf(this.client, workflowId))?.active ?? this.active);
    this.tell(answer);
    if (this.screen.json) this.screen.documentLine('chat', { workflowId, ...answer });
  }

  private control(active: string): void {
    if (active === this.active) return;
    if (!this.screen.json)
      this.screen.note(this.screen.notePalette.name(`${this.active} → ${active}: ${active} has control.`));
    this.active = active;
  }

  private async requests(): Promise<void> {
    const waiting = (await pendingRequests(this.client, this.talking.workflowId)) ?? [];
    for (const { id, question } of waiting) {
      if (this.asked.has(id) || this.screen.json) continue;
      this.asked.add(id);
      this.screen.note(
        this.screen.notePalette.wait(`Waits for a person: ${escapeText(question)}`),
        this.screen.notePalette.quiet(`  $ ${readCommandName()} show ${this.talking.workflowId}`),
      );
    }
  }

  private tell({ agent = '', answer, error }: TalkTurn): void {
    const { screen } = this;
    const { palette } = screen;
    if (error !== undefined) {
      screen.print(
        `${palette.bad(`${agent}: no answer.`)} ${escapeText(error.message)} ${palette.quiet(`[${error.code}]`)}`,
      );
    } else if (answer !== undefined) {
      screen.print(`${palette.strong(`${agent}:`)} ${escapeText(formatValue(answer))}`);
    }
  }
}
