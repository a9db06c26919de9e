/** How a demo's requests are decided: by --yes, by the person at this terminal, or by someone elsewhere. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { decideShown } from '../../client/deciding/deciding-session.js';
import { BatonError } from '../../contracts/errors.js';
import { readCommandName } from '../terminal/command-name.js';
import { describeDeciding, renderRequestCard } from '../pages/request-card.js';
import type { Screen } from '../terminal/screen.js';
import { askInTerminal, type TerminalAnswer } from '../decisions/ask-in-terminal.js';
import type { LiveTree } from './live-tree.js';

export interface DeciderOptions {
  readonly client: Client;
  readonly screen: Screen;
  readonly live: LiveTree;
  /** Approves every request that can be approved. */
  readonly yes: boolean;
  readonly by: string;
  /** Called when the person at the terminal leaves, to decide later or by Ctrl-C. */
  readonly onLeave: (how: 'later' | 'interrupted') => void;
}

export class Decider {
  private readonly options: DeciderOptions;
  private prompt: { readonly request: string; readonly abort: AbortController } | undefined;

  constructor(options: DeciderOptions) {
    this.options = options;
  }

  /**
   * Shows a request and starts its decision. It does not wait for the person, because the run may continue
   * meanwhile.
   */
  async request(request: WaitingRequest): Promise<void> {
    const { screen, live } = this.options;
    // The request has changed, so the earlier prompt closes.
    this.dismiss();
    live.pause();
    screen.note('', ...renderRequestCard(request, screen.noteStyle), '');
    const approvable = request.options.some(({ id }) => id === 'approve');
    if (this.options.yes && approvable) {
      await this.decide(request, { option: 'approve' });
    } else if (process.stdin.isTTY && screen.isLive && !screen.json) {
      void this.askPerson(request);
      return;
    } else {
      this.tellHow(request);
    }
    live.resume();
  }

  /** Closes the prompt when the request was decided elsewhere. */
  notice(story: Story): void {
    const { prompt } = this;
    if (prompt && !story.pending.some(({ id }) => id === prompt.request)) this.dismiss();
  }

  dismiss(): void {
    this.prompt?.abort.abort();
  }

  private tellHow(request: WaitingRequest): void {
    const lines = describeDeciding(request, readCommandName()).map((line) => `  $ ${line}`);
    this.options.screen.note('Waiting for a decision. In another terminal, in this folder:', ...lines, '');
  }

  private async askPerson(request: WaitingRequest): Promise<void> {
    const { screen, live } = this.options;
    const abort = new AbortController();
    this.prompt = { request: request.id, abort };
    try {
      const answer = await askInTerminal(request, abort.signal);
      if (typeof answer === 'object') await this.decide(request, answer);
      else if (!abort.signal.aborted) this.options.onLeave(answer);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      screen.note(`${screen.notePalette.bad('✗')} ${message}`);
      this.tellHow(request);
    } finally {
      this.prompt = undefined;
      screen.note('');
      live.resume();
    }
  }

  private async decide(shown: WaitingRequest, answer: TerminalAnswer): Promise<void> {
    const { client, screen, by, yes } = this.options;
    const { id: request, revision, digest } = shown;
    const seen = digest === undefined ? {} : { digest, revision };
    try {
      const { ticket } = await decideShown(client, { request, ...seen, ...answer }, { shown, by });
      if (yes && ticket) screen.note(`--yes: approved as ${ticket.by}`, '');
    } catch (error) {
      // Someone else decided first. That decision stands, and the tree shows it.
      if (!(error instanceof BatonError && error.code === 'ALREADY_DECIDED')) throw error;
      screen.note(error.message);
    }
  }
}
