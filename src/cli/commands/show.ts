/** `baton show`: the story of a run. */
import { type Server, type Session, buildRunPageUrl } from '../session/session.js';
import { readExitCode } from '../session/failure.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { graphStates } from '../../client/graphs/graph-states.js';
import { findHandoff } from '../../client/story/handoff-story.js';
import { readStory } from '../../client/story/story.js';
import { defineCommand, requireArgument, take, takeFlag, takeName } from '../session/command.js';
import { renderHandoffPage } from '../pages/handoff-page.js';
import { INTERRUPTED, runInterruptibly } from '../terminal/interruption.js';
import { LONGEST_RESULT } from '../pages/result-lines.js';
import { renderPromptPage } from '../pages/prompt-page.js';
import { findStoreUrl } from '../session/find-store.js';
import { readPrompts } from '../serve/read-prompts.js';
import { renderStatesPage } from '../pages/states-page.js';
import { formatOutcome, renderStoryPage, type PageStyle } from '../pages/story-page.js';
import { escapeText } from '../terminal/escape-text.js';
import { watchRun } from '../watch/watch-run.js';

const Options = z
  .object({
    watch: takeFlag(
      '--watch',
      'until the run ends, with its exit code; with --json one document a line, at each change',
    ),
    handoff: take(
      '--handoff <number>',
      'one handoff or delegation of the run, counted from 1: what was handed off, and what was left out',
      z.coerce
        .number('is a number: of the run’s handoffs and delegations, from 1')
        .int('is a whole number')
        .min(1, 'is a number from 1')
        .optional(),
    ),
    execution: takeName(
      '--execution <id>',
      'an earlier execution, of a run that has gone on in new ones; each names the one before',
    ),
    prompt: takeName(
      '--prompt <step>',
      'what the model was sent and answered in this step, or in the call of this number; `list` lists the calls',
    ),
    store: takeName('--store <url>', 'with --prompt: another store than that of the configuration', 'files'),
    states: takeFlag('--states', "of a graph's run: the states that it has been in, step by step"),
  })
  .refine(({ watch, handoff }) => !watch || handoff === undefined, {
    path: ['handoff'],
    message: 'does not go with --watch',
  })
  .refine(({ watch, handoff, states }) => !states || (!watch && handoff === undefined), {
    path: ['states'],
    message: 'does not go with --watch or --handoff',
  })
  .refine(({ prompt, watch, handoff, states }) => prompt === undefined || (!watch && !states && !handoff), {
    path: ['prompt'],
    message: 'does not go with --watch, --handoff or --states',
  })
  .refine(({ prompt, store }) => store === undefined || prompt !== undefined, {
    path: ['store'],
    message: 'goes with --prompt only',
  })
  .refine(({ watch, states, execution }) => execution === undefined || !(watch || states), {
    path: ['execution'],
    message: 'does not go with --watch or --states',
  });

export const showCommand = defineCommand({
  name: 'show',
  documents: ['show', 'handoff', 'prompts', 'graph-states'],
  args: [{ name: '[run]', about: 'the id of the run', values: 'runs' }],
  summary: 'tell the story of a run; without a worker, from its history',
  options: Options,
  examples: [
    'baton show hello-1a2b3c4d',
    'baton show hello-1a2b3c4d --watch',
    'baton show hello-1a2b3c4d --handoff 1',
    'baton show hello-1a2b3c4d --prompt 1',
    'baton show report-1a2b3c4d --states',
    'baton show hello-1a2b3c4d --json',
  ],
  run: async (session, args, { watch, handoff, states, execution, prompt, store }) => {
    const workflowId = requireArgument(args, 0, 'The id of the run');
    const [server, client] = [await session.server(), await session.client()];
    if (states) return showStates(session, client, workflowId);
    if (prompt !== undefined) return showPrompt(session, client, { workflowId, prompt, store });
    if (watch) return watchToEnd(session, server, client, workflowId);
    const story = await readStory(client, workflowId, execution);
    const { screen } = session;
    if (handoff !== undefined) {
      const told = findHandoff(story, handoff);
      screen.print(...renderHandoffPage(told, screen.tableStyle));
      screen.document('handoff', told);
      return 0;
    }
    const style = createStyle(session, buildRunPageUrl(server, story));
    screen.print(...renderStoryPage(story, style));
    screen.document('show', { ...story, ...defined({ webUi: style.webUi }) });
    return 0;
  },
});

async function showStates({ screen }: Session, client: Client, workflowId: string): Promise<number> {
  const told = await graphStates(client, workflowId);
  screen.print(...renderStatesPage(told, screen.tableStyle));
  screen.document('graph-states', told);
  return 0;
}

async function showPrompt(
  { screen }: Session,
  client: Client,
  { workflowId, prompt, store }: { workflowId: string; prompt: string; store: string | undefined },
): Promise<number> {
  const step = prompt === 'list' ? undefined : prompt;
  const told = await readPrompts(client, { workflowId, step, store: store ?? (await findStoreUrl()) });
  screen.print(...renderPromptPage(told, screen.tableStyle));
  screen.document('prompts', told);
  return 0;
}

async function watchToEnd(
  session: Session,
  server: Server,
  client: Client,
  workflowId: string,
): Promise<number> {
  const { screen } = session;
  return runInterruptibly(async (signal) => {
    const story = await watchRun(screen, { client, server, workflowId, signal });
    if (story.endedAt === undefined) {
      screen.note(
        `The run continues unwatched. To watch it again: ${readCommandName()} show ${quoteWord(workflowId)} --watch`,
      );
      return INTERRUPTED;
    }
    const style = createStyle(session, buildRunPageUrl(server, story));
    // The lines printed so far cover everything except the outcome.
    screen.print(
      ...(screen.isLive && screen.printsToTerminal
        ? renderStoryPage(story, style)
        : formatOutcome(escapeText(story), style)),
    );
    return story.failure ? readExitCode(story.failure.code) : 0;
  });
}

function createStyle({ screen }: Session, webUi: string | undefined): PageStyle {
  return {
    ...screen.style,
    details: true,
    now: Date.now(),
    webUi,
    longest: screen.printsToTerminal ? LONGEST_RESULT : undefined,
  };
}
