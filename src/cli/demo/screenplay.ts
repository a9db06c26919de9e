/** The whole demo: engine, worker, run, decision, answer. */
import { UnseenRun, WORKFLOW, buildDemoRunId } from './demo-run.js';
import { type Session, buildRunPageUrl } from '../session/session.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import type { Story } from '../../schemas/documents/story.js';
import { resolve } from 'node:path';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from '@temporalio/worker';
import { startRun, type RunRef } from '../../client/runs/runs.js';
import type { LoadedConfig } from '../../worker/load-config.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { formatEvent, formatProgress } from '../pages/event-line.js';
import { followRun } from '../watch/follow-run.js';
import { describeDeciding } from '../pages/request-card.js';
import { describeModel, hostEngine, serve, type Hosting, type Serving } from '../serve/serve.js';
import { describeModels } from '../pages/story-page.js';
import { INTERRUPTED } from '../terminal/interruption.js';
import { formatFailure, readExitCode } from '../session/failure.js';
import { Decider } from './decider.js';
import { toDemoDocument, formatReport } from './desk-report.js';
import { LiveTree } from './live-tree.js';

export interface DemoWish {
  readonly question: string;
  readonly corpus: string;
  readonly id: string;
  readonly yes: boolean;
  readonly by: string;
  /** Aborts when the demo must end. */
  readonly signal: AbortSignal;
}

/** How long the engine keeps running after the demo. */
const ENGINE_STAYS_MINUTES = 15;

export class DemoScreenplay {
  private readonly session: Session;
  private readonly config: LoadedConfig;
  private readonly logger: Logger;
  private readonly wish: DemoWish;
  private readonly models: readonly string[];
  private readonly unseen: UnseenRun;
  /** Aborts when the person leaves in another way than Ctrl-C. */
  private readonly leaving = new AbortController();

  constructor(session: Session, config: LoadedConfig, logger: Logger, wish: DemoWish) {
    this.session = session;
    this.config = config;
    this.logger = logger;
    this.wish = wish;
    this.unseen = new UnseenRun(wish.id);
    this.models = [...new Set(Object.values(config.models).map(describeModel))];
  }

  /** Returns the exit code. */
  async play(): Promise<number> {
    this.introduce();
    const { session, config, logger } = this;
    const bundling = bundleWorkflows(config.workflowsFile, logger);
    // If the engine fails first, its error is the one to report.
    bundling.catch(() => {});
    const hosting = await hostEngine(session);
    let serving: Serving | undefined;
    try {
      const client = await session.client();
      session.screen.note(session.screen.notePalette.quiet('  starting the worker'));
      const bundle = await bundling;
      serving = await serve(hosting.server, config, logger, { bundle, allowsFallback: true });
      const ref = await this.begin(client);
      const story = await this.follow(client, ref, serving);
      this.conclude(hosting, story);
      return this.exitCode(story);
    } finally {
      await serving?.stop();
      hosting.release();
    }
  }

  private introduce(): void {
    const { screen } = this.session;
    const { notePalette: palette } = screen;
    const models = describeModels(this.models);
    screen.note(
      palette.strong(this.wish.question),
      palette.quiet(`  answered from ${this.wish.corpus}`),
      `  ${this.models.includes('offline') ? palette.wait(models) : palette.quiet(`models: ${models}`)}`,
    );
  }

  private async begin(client: Client): Promise<RunRef> {
    const { screen } = this.session;
    const { id, question } = this.wish;
    const before = await findLastRun(client, id);
    // If the demo was killed after its run ended but before the result was shown, the result is shown and the
    // run is not repeated.
    const missed = before !== undefined && !before.open && this.unseen.read() === before.runId;
    const ref = missed
      ? { workflowId: id, runId: before.runId }
      : await startRun(
          client,
          WORKFLOW,
          { question },
          { id, taskQueue: this.config.taskQueue, ifOpen: 'attach' },
        );
    this.unseen.write(ref.runId);
    const page = buildRunPageUrl(await this.session.server(), ref);
    const state = missed
      ? ' has ended meanwhile: this is its result'
      : ' is open already: going on where it stood';
    screen.note(
      screen.notePalette.quiet(`  run ${ref.workflowId}${missed || before?.open ? state : ''}`),
      ...(page === undefined ? [] : [screen.notePalette.quiet(`  ${page}`)]),
      '',
    );
    return ref;
  }

  private async follow(client: Client, ref: RunRef, serving: Serving): Promise<Story> {
    const { screen } = this.session;
    const live = new LiveTree(screen, this.models);
    const failed = new AbortController();
    serving.ended.catch(() => failed.abort());
    const signal = AbortSignal.any([this.wish.signal, this.leaving.signal, failed.signal]);
    const decider = new Decider({
      client,
      screen,
      live,
      yes: this.wish.yes,
      by: this.wish.by,
      onLeave: (how) => this.leaving.abort(how),
    });
    signal.addEventListener('abort', () => decider.dismiss(), { once: true });
    try {
      const story = await followRun(client, ref.workflowId, signal, {
        look: (seen) => {
          decider.notice(seen);
          live.show(seen);
        },
        events: (events) => live.tell(events, formatEvent),
        progress: (texts) => live.tell(texts, formatProgress),
        request: (request) => decider.request(request),
      });
      if (failed.signal.aborted) await serving.ended;
      return story;
    } finally {
      decider.dismiss();
      live.stop();
    }
  }

  private conclude(hosting: Hosting, story: Story): void {
    const { screen } = this.session;
    const { palette } = screen;
    const page = buildRunPageUrl(hosting.server, story);
    screen.document('demo', toDemoDocument(story, this.models, page));
    if (story.endedAt !== undefined) this.unseen.clear();
    if (story.endedAt === undefined) {
      screen.note('', 'The run keeps waiting. To resume:', ...this.goOnLines(story));
    } else if (story.failure) {
      screen.note('', formatFailure(story.failure, screen.notePalette));
    } else {
      screen.print(...formatReport(story, screen));
      screen.note('', 'Try next:', ...listNextSteps(story).map((line) => `  $ ${line}`), '');
    }
    if (page !== undefined) screen.print(palette.quiet(`  ${page}`));
    if (hosting.embedded) {
      screen.print(
        palette.quiet(
          `  The engine stays up for ${ENGINE_STAYS_MINUTES} minutes; ${readCommandName()} engine stop ends it now.`,
        ),
      );
    }
  }

  private goOnLines(story: Story): string[] {
    const { question, corpus, id } = this.wish;
    const named = corpus === resolve('node_modules') ? '' : ` --corpus ${quoteWord(corpus)}`;
    // Another terminal may have another mail destination, which would make another run.
    const given = id === buildDemoRunId(question, corpus) ? '' : ` --id ${quoteWord(id)}`;
    return [
      `  $ ${readCommandName()} demo ${quoteWord(question)}${named}${given}`,
      ...story.pending.flatMap((request) =>
        describeDeciding(request, readCommandName()).map((line) => `  $ ${line} --queue`),
      ),
    ];
  }

  private exitCode(story: Story): number {
    if (story.failure) return readExitCode(story.failure.code);
    const interrupted = this.wish.signal.aborted || this.leaving.signal.reason === 'interrupted';
    return story.endedAt === undefined && interrupted ? INTERRUPTED : 0;
  }
}

/** Commands that show more of this run. */
function listNextSteps({ workflowId }: Story): string[] {
  const command = readCommandName();
  return [
    `${command} show ${quoteWord(workflowId)}`,
    `${command} demo ${quoteWord('Which of my dependencies mention AbortSignal most?')}`,
    `${command} init my-desk`,
  ];
}

async function findLastRun(
  client: Client,
  workflowId: string,
): Promise<{ readonly runId: string; readonly open: boolean } | undefined> {
  try {
    const { runId, status } = await client.workflow.getHandle(workflowId).describe();
    return { runId, open: status.name === 'RUNNING' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
