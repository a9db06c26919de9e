/** `baton crew run DIR`: runs a crew that is defined in CrewAI's YAML files. */
import { nameCommand } from '../../project/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createRunId, startRun } from '../../client/runs/runs.js';
import { createUsageError } from '../../contracts/errors.js';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand, requireArgument, take, takeId, takeName, takeText } from '../session/command.js';
import { readCommandName } from '../terminal/command-name.js';
import { readAssigned } from '../crew/assigned.js';
import { findCrewFiles } from '../crew/find-files.js';
import { generate, loadProject } from '../crew/generate.js';
import { assertFilled, buildExampleValue } from '../crew/inputs.js';
import { readCrew } from '../crew/read-crew.js';
import { readJson } from '../input/input-json.js';
import { escapeText } from '../terminal/escape-text.js';
import { DATA_DIR } from '../session/session.js';
import { hostEngine, openRuntimeLogs, serve } from '../serve/serve.js';
import { waitForRun } from '../watch/wait-for-run.js';

const PROCESSES = ['sequential', 'hierarchical'] as const;

const Options = z.object({
  inputs: takeText('--inputs <json>', 'a text for each placeholder: JSON, @file, or - for standard input'),
  process: take(
    '--process <name>',
    'sequential, or hierarchical (default: sequential)',
    z.enum(PROCESSES).default('sequential'),
    PROCESSES,
  ),
  assign: takeName(
    '--assign <tasks>',
    'TASK=AGENT,…: who has a task, where tasks.yaml does not say it, or says another',
  ),
  manager: takeName('--manager <agent>', 'who gives the tasks in a hierarchical crew (default: one is made)'),
  config: takeText(
    '--config <file>',
    'models, tools and the rest (default: baton.config.ts, where there is one)',
    'files',
  ),
  id: takeId('--id <id>', 'run ID; resumes the run if it is open (default: new run)'),
});

export const crewCommand = defineCommand({
  name: 'crew',
  documents: ['start'],
  args: [
    { name: '[action]', about: 'run', values: ['run'] },
    { name: '[folder]', about: 'where agents.yaml and tasks.yaml are, or their project', values: 'files' },
  ],
  summary: "carry out a crew from CrewAI's agents.yaml and tasks.yaml",
  options: Options,
  examples: [
    `baton crew run . --inputs '{"topic":"durable execution"}'`,
    'baton crew run examples/crew/files --inputs @inputs.json --json',
  ],
  run: async (session, args, options) => {
    const [action] = args;
    if (action !== 'run') throw createUsageError(`Say ${nameCommand('crew run FOLDER')}.`);
    const folder = requireArgument(args, 1, 'The folder of the crew');
    const files = findCrewFiles(folder);
    const project = await loadProject(options.config, resolve(folder));
    const { spec, warnings, open } = readCrew(files, {
      process: options.process,
      ...defined({ manager: options.manager }),
      assigned: readAssigned(options.assign),
      models: Object.keys(project.config.models ?? { default: null }),
      tools: project.tools,
    });
    const { screen } = session;
    screen.note(...warnings.map((warning) => screen.notePalette.wait(`! ${escapeText(warning)}`)));
    const inputs =
      options.inputs === undefined ? {} : await readJson(options.inputs, '--inputs', buildExampleValue(open));
    assertFilled(inputs, open);
    const generated = generate(spec, project, DATA_DIR);
    const logger = openRuntimeLogs(session);
    const hosting = await hostEngine(session);
    try {
      const config = await loadConfig(generated.file);
      const serving = await serve(hosting.server, config, logger, { allowsFallback: true });
      try {
        const client = await session.client();
        const { taskQueue } = serving;
        const id = options.id ?? createRunId(generated.workflow);
        const ref = await startRun(client, generated.workflow, inputs, { id, taskQueue, ifOpen: 'attach' });
        const code = await waitForRun(session, client, ref, taskQueue);
        if (code !== 0 && code !== 1)
          screen.note(`Resume it: ${readCommandName()} crew run ${folder} --id ${ref.workflowId} …`);
        return code;
      } finally {
        await serving.stop();
      }
    } finally {
      hosting.release();
    }
  },
});
