/** `baton edit`: changes the arguments of an action before the decision. */
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { createNoWorkerError } from '../../client/runs/no-worker.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import { z } from 'zod';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { OPTION_WORDS } from '../../client/text/option-words.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { takeFlag, takeText } from '../session/command.js';
import { DECIDER_OPTIONS, defineDecisionCommand, takeNote } from '../decisions/decision-command.js';
import { sendDecision, showRequest } from '../decisions/send-decision.js';
import { editInEditor } from '../input/edit-in-editor.js';
import { readJson } from '../input/input-json.js';

export const editCommand = defineDecisionCommand({
  name: 'edit',
  summary: OPTION_WORDS.edit.command,
  options: z.object({
    editor: takeFlag('--editor', 'change the arguments in $VISUAL or $EDITOR instead'),
    args: takeText('--args <json>', 'the arguments, whole: JSON, @file, or - for standard input'),
    reason: takeNote(),
    ...DECIDER_OPTIONS,
  }),
  examples: [
    `baton edit pay-1a2b3c4d/0123456789abcdef01234567 --args '{"to":"ada","cents":1200}'`,
    'baton edit pay-1a2b3c4d/0123456789abcdef01234567 --editor',
    'baton edit pay-1a2b3c4d/0123456789abcdef01234567 --args @smaller.json --reason "agreed by phone"',
  ],
  run: async (session, { args: given, editor, request, reason, ...options }) => {
    if (given === undefined && !editor) {
      const message = 'Give the new arguments: --args JSON, --args @file, or --editor.';
      throw createUsageError(message, { request });
    }
    const shown = await showRequest(session, request, options);
    const args = given === undefined ? await openEditor(shown, request) : await readJson(given, '--args');
    const ticket = await sendDecision(session, shown, { request, option: 'edit', args, reason }, options);
    if (ticket?.digest === undefined) return;
    const named = `--digest ${ticket.digest.slice(0, 12)}`;
    session.screen.print(`Look at it, then: ${readCommandName()} approve ${quoteWord(request)} ${named}`);
  },
});

/** The pending action's arguments, as the person saves them in an editor. */
async function openEditor(shown: WaitingRequest | undefined, request: string): Promise<Json> {
  if (shown?.args !== undefined) return editInEditor(shown.args);
  throw createNoWorkerError({
    workflowId: parseRequestId(request)?.workflowId ?? request,
    what: `the whole arguments of ${request} are known only to a worker`,
    or: 'give them with --args and leave the edit with --queue',
    facts: { request },
  });
}
