/** `baton edit`: changes the arguments of an action before it is decided on. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { commandName } from '../terminal/command-name.js';
import { defineDecisionCommand, DecisionOptions, NOTE } from '../decisions/decision-command.js';
import { sendDecision, waitingRequest } from '../decisions/send-decision.js';
import { editInEditor } from '../input/edit-in-editor.js';
import { readJson } from '../input/input-json.js';
import { quoteWord } from '../terminal/quote.js';
import type { Session } from '../session/session.js';

export const editCommand = defineDecisionCommand({
  name: 'edit',
  summary: 'change the arguments of what waits; it then waits for a decision on these',
  options: [
    { flags: '--editor', about: 'change the arguments in $VISUAL or $EDITOR instead' },
    {
      flags: '--args <json>',
      about: 'the arguments, whole: JSON, @file, or - for standard input',
    },
    NOTE,
  ],
  schema: DecisionOptions.extend({ args: z.string().optional(), editor: z.boolean().default(false) }),
  examples: [
    `baton edit pay-1a2b3c4d/0123456789abcdef01234567 --args '{"to":"ada","cents":1200}'`,
    'baton edit pay-1a2b3c4d/0123456789abcdef01234567 --editor',
    'baton edit pay-1a2b3c4d/0123456789abcdef01234567 --args @smaller.json --reason "agreed by phone"',
  ],
  run: async (session, { args: given, editor, ...options }) => {
    const { request } = options;
    const changed = await newArguments(session, request, given, editor);
    const ticket = await sendDecision(session, { ...options, ...changed, option: 'edit' });
    if (ticket?.digest === undefined) return;
    const named = `--digest ${ticket.digest.slice(0, 12)}`;
    session.screen.print(`Look at it, then: ${commandName()} approve ${quoteWord(request)} ${named}`);
  },
});

/** The new arguments, and of which revision they are when they were made from what waits. */
async function newArguments(
  session: Session,
  request: string,
  given: string | undefined,
  editor: boolean,
): Promise<{ readonly args: Json; readonly digest?: string }> {
  if (given !== undefined) return { args: await readJson(given, '--args') };
  if (!editor) {
    throw new BatonError('BAD_USAGE', 'Give the new arguments: --args JSON, --args @file, or --editor.', {
      request,
    });
  }
  const waiting = await waitingRequest(session, request);
  if (waiting?.args === undefined) {
    throw new BatonError(
      'NO_WORKER',
      `The arguments of ${request} are known only to a worker, and none answers. Start one, or give them with --args.`,
      { request },
    );
  }
  const args = await editInEditor(waiting.args);
  return { args, ...(waiting.digest === undefined ? {} : { digest: waiting.digest }) };
}
