/** `baton fork`: resumes a graph from a step of an earlier run, in a new run. */
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { z } from 'zod';
import { forkGraph } from '../../client/graphs/graph-states.js';
import { createInputError } from '../../contracts/errors.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { defineCommand, requireArgument, take, takeId, takeText } from '../session/command.js';
import { readJson } from '../input/input-json.js';

const Options = z.object({
  step: take(
    '--step <number>',
    'from which step, as `baton show RUN --states` lists them (required)',
    z.coerce
      .number('is a number: of a step that `baton show RUN --states` lists')
      .int('is a whole number')
      .min(0, 'is a number from 0'),
  ),
  edit: takeText('--edit <json>', 'the keys of the state to change: a JSON object, @file, or -'),
  id: takeId('--id <id>', "the new run's id (default: the workflow's name and some hex digits)"),
});

export const forkCommand = defineCommand({
  name: 'fork',
  args: [{ name: '[run]', about: 'the id of a run of a graph, open or ended', values: 'runs' }],
  summary: 'go on from an earlier step of a graph, in a new run, with an edited state',
  options: Options,
  examples: [
    'baton show report-1a2b3c4d --states',
    'baton fork report-1a2b3c4d --step 3',
    `baton fork report-1a2b3c4d --step 3 --edit '{"draft": ""}' --json`,
  ],
  run: async (session, args, { step, edit, id }) => {
    const workflowId = requireArgument(args, 0, 'The id of the run');
    const changes = edit === undefined ? {} : await readEdit(edit);
    const forked = await forkGraph(await session.client(), workflowId, {
      step,
      edit: changes,
      ...defined({ id }),
    });
    const { screen } = session;
    const { palette } = screen;
    screen.print(
      `${palette.good('✓')} Started ${palette.strong(forked.workflowId)}, from step ${step} of ${workflowId}`,
      `  ${palette.quiet('$')} ${readCommandName()} show ${quoteWord(forked.workflowId)} --watch`,
    );
    screen.document('fork', forked);
  },
});

async function readEdit(given: string): Promise<{ readonly [key: string]: Json }> {
  const edit = await readJson(given, '--edit', { draft: '' });
  if (isJsonObject(edit)) return edit;
  throw createInputError(
    '--edit is an object: keys of the state, each with its new value, as {"draft": ""}.',
  );
}
