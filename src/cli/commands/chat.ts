/** `baton chat`: a conversation with a swarm, in the terminal or over a pipe. */
import { nameCommand } from '../../project/command-name.js';
import { createNoWorkerError } from '../../client/runs/no-worker.js';
import { createInterface } from 'node:readline/promises';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { createRunId, startRun } from '../../client/runs/runs.js';
import { endTalk, talkOf } from '../../client/conversations/conversation.js';
import { pollsQueue } from '../../client/runs/pollers.js';
import { BatonError, createUsageError } from '../../contracts/errors.js';
import { TALK_ONLY } from '../../contracts/wire/swarm.js';
import { findProjectQueue } from '../../worker/project-queue.js';
import { Conversation } from '../chat/conversation.js';
import { defineCommand, takeTaskQueue, takeId } from '../session/command.js';
import { readCommandName } from '../terminal/command-name.js';
import { INTERRUPTED, runInterruptibly } from '../terminal/interruption.js';
import type { Session } from '../session/session.js';

const Options = z.object({
  id: takeId('--id <id>', 'run ID; resumes the run if it is open (default: new run)', 'runs'),
  by: takeId('--by <name>', 'who is talking, as you claim'),
  taskQueue: takeTaskQueue('whose workers take a new run'),
});

export const chatCommand = defineCommand({
  name: 'chat',
  args: [{ name: '[workflow]', about: 'the workflow type of the swarm; without one --id names an open run' }],
  summary: 'talk with a swarm; leaving does not end it',
  options: Options,
  examples: [
    'baton chat talk',
    'baton chat --id talk-1a2b3c4d',
    `echo "Where is my order?" | baton chat talk --id ann --json`,
  ],
  run: async (session, [workflow], options) => {
    const client = await session.client();
    const { workflowId, isNew } = await openConversation(client, workflow, options);
    try {
      return await runInterruptibly((signal) => converse(session, client, workflowId, options.by, signal));
    } catch (error) {
      throw isNew ? await reportEnd(client, workflowId, error) : error;
    }
  },
});

/** The run's id: of an open run, or of a run that is started here. */
async function openConversation(
  client: Client,
  workflow: string | undefined,
  { id, taskQueue: named }: z.infer<typeof Options>,
): Promise<{ readonly workflowId: string; readonly isNew: boolean }> {
  if (workflow === undefined) {
    if (id !== undefined) return { workflowId: id, isNew: false };
    throw createUsageError('The workflow is missing: name a swarm, or an open run with --id.');
  }
  const taskQueue = named ?? (await findProjectQueue());
  const workflowId = id ?? createRunId(workflow);
  const isNew = id === undefined || !(await isOpen(client, id));
  await startRun(client, workflow, { [TALK_ONLY]: 1 }, { id: workflowId, taskQueue, ifOpen: 'attach' });
  if (await pollsQueue(client, taskQueue)) return { workflowId, isNew };
  throw createNoWorkerError({
    workflowId,
    taskQueue,
    what: 'the conversation is open, and begins when one does',
    or: 'give the queue of a worker with --task-queue',
    after: `Then ${nameCommand(`chat --id ${workflowId}`)}.`,
  });
}

async function isOpen(client: Client, id: string): Promise<boolean> {
  return client.workflow
    .getHandle(id)
    .describe()
    .then(
      ({ status }) => status.name === 'RUNNING',
      () => false,
    );
}

/** Cancels a run that was started here for a workflow that no worker has, so that it is not left behind. */
async function reportEnd(client: Client, workflowId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof BatonError) || error.code !== 'UNKNOWN_WORKFLOW') return error;
  await client.workflow.getHandle(workflowId).terminate('There is no such workflow to talk with.');
  return new BatonError(error.code, `${error.message} The run was ended again.`, error.facts);
}

async function converse(
  session: Session,
  client: Client,
  workflowId: string,
  by: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { screen } = session;
  const { notePalette: palette } = screen;
  const conversation = new Conversation(screen, client, { workflowId, by });
  if (!screen.json) screen.note(`${palette.name('●')} ${palette.strong(workflowId)}`);
  await conversation.begin();
  const asks = screen.printsToTerminal && process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, ...(asks ? { output: process.stdout } : {}) });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  if (asks) {
    lines.setPrompt('you> ');
    lines.prompt();
  }
  try {
    for await (const line of lines) {
      const text = line.trim();
      if (text === '/end') {
        await endTalk(client, workflowId);
        if (!screen.json) screen.note('The conversation ends when what was said is answered.');
        return 0;
      }
      if (text !== '') await conversation.turn(text, signal);
      if (asks) lines.prompt();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    lines.close();
  }
  return leave(session, client, workflowId, signal.aborted);
}

async function leave(
  { screen }: Session,
  client: Client,
  workflowId: string,
  aborted: boolean,
): Promise<number> {
  const open = (await talkOf(client, workflowId))?.state === 'open';
  if (open && screen.isLive && !screen.json) {
    screen.note('', `The conversation stays open. ${readCommandName()} chat --id ${workflowId}`);
  }
  return aborted ? INTERRUPTED : 0;
}
