/** `baton demo`: the research desk answers a question about installed packages, end to end. */
import { nameCommand } from '../../project/command-name.js';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createUsageError, createConfigError } from '../../contracts/errors.js';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand, takeFlag, takeId, takeName } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { resolveCorpusFolder, buildDemoRunId, readDestination } from '../demo/demo-run.js';
import { DemoScreenplay } from '../demo/screenplay.js';
import { DATA_DIR } from '../session/session.js';
import { runInterruptibly } from '../terminal/interruption.js';
import { openRuntimeLogs } from '../serve/serve.js';

const Options = z.object({
  yes: takeFlag('--yes', 'approve by yourself what the run asks'),
  corpus: takeName('--corpus <folder>', 'the documents to answer from (default: node_modules)', 'files'),
  id: takeId('--id <id>', "the run's id (default: made from question, corpus and where mail goes)"),
  by: takeName('--by <name>', 'who decides (default: this user)'),
});

/** The default question. */
const FIRST_QUESTION = 'How do I retry a failed activity with a delay in Temporal?';

/** Relative to `dist/src/cli/commands`. */
const CONFIG = fileURLToPath(new URL('../../../examples/research-desk/baton.config.js', import.meta.url));

export const demoCommand = defineCommand({
  name: 'demo',
  args: [
    {
      name: '[question]',
      about: `what you want to know about the packages installed here (default: "How do I retry …?")`,
    },
  ],
  summary: 'a team answers a question about your dependencies, and asks before it sends',
  options: Options,
  examples: [
    'baton demo "How do I retry a failed request?"',
    'baton demo "How does zod report errors?" --yes --json',
  ],
  run: async (session, [question], options) => {
    const asked = (question ?? FIRST_QUESTION).trim();
    if (asked.length < 3) {
      throw createUsageError(
        `What do you want to know? For example: ${nameCommand(`demo "${FIRST_QUESTION}"`)}`,
      );
    }
    const corpus = resolveCorpusFolder(options.corpus);
    // The example reads this variable in this process, where its tools run. On a server that other folders
    // share, the default documents are named too, because the desk derives its task queue from their name.
    const shared = (await session.server()).source !== 'default';
    if (shared || options.corpus !== undefined) process.env['BATON_CORPUS'] = corpus;
    if (!existsSync(CONFIG)) {
      throw createConfigError(
        `The demo's team is not there (${CONFIG}). In the repository, run \`npm run build\`.`,
      );
    }
    const logger = openRuntimeLogs(session);
    // The team belongs to the package; the data of its runs stays in this folder.
    const config = { ...(await loadConfig(CONFIG)), store: `file:${resolve(DATA_DIR, 'store.db')}` };
    const wish = {
      question: asked,
      corpus,
      id: options.id ?? buildDemoRunId(asked, corpus, readDestination()),
      yes: options.yes,
      by: options.by ?? readCurrentUser(),
    };
    return runInterruptibly((signal) =>
      new DemoScreenplay(session, config, logger, { ...wish, signal }).play(),
    );
  },
});
