/** Builds the command of a decision option from its row in the table of options. */
import { nameCommand } from '../../project/command-name.js';
import { parseAnswer, readQuestions } from '../input/input-json.js';
import { getOptionWords } from '../../client/text/option-words.js';
import { z } from 'zod';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { DecisionParts } from '../../contracts/requests/decision.js';
import {
  getOptionRow,
  needsReason,
  type Carried,
  type OptionRow,
} from '../../contracts/requests/decision-options.js';
import { createUsageError } from '../../contracts/errors.js';
import { describeDeciding } from '../pages/request-card.js';
import { requireArgument, takeText, type CliCommand, type Place } from '../session/command.js';
import { DECIDER_OPTIONS, defineDecisionCommand, takeNote } from './decision-command.js';
import { sendDecision, showRequest } from './send-decision.js';

/** Only options that the row accepts exist. */
function listOptions({ carries, reason }: OptionRow) {
  const none = z.string().optional();
  const note =
    reason === 'why' ? takeText('--reason <text>', 'the reason, recorded in the run (required)') : takeNote();
  return z.object({
    to:
      carries === 'to'
        ? takeText('--to <agent>', 'one of the agents that the request names (required)')
        : none,
    guidance:
      reason === 'guidance'
        ? takeText('--guidance <text>', 'advice for the agent in the next attempt')
        : none,
    reason: reason === 'guidance' || reason === 'none' ? none : note,
    ...DECIDER_OPTIONS,
  });
}

type OptionValues = z.infer<ReturnType<typeof listOptions>> & { readonly request: string };

/** How the value that a decision carries is typed. */
interface Carrier {
  readonly place?: Place;
  /** @throws {BatonError} `BAD_USAGE` when the value is missing. */
  readonly given: (args: readonly (string | undefined)[], values: OptionValues) => string;
  readonly read: (
    given: string,
    shown: WaitingRequest | undefined,
  ) => Promise<Pick<DecisionParts, Carried>> | Pick<DecisionParts, Carried>;
}

const INPUT = '@file, or - for standard input';

/** Edited arguments have a separate command. */
const CARRIERS: Readonly<Partial<Record<Carried, Carrier>>> = {
  to: {
    given: (_args, { to = '', request }) => {
      if (to.trim() !== '') return to;
      const message = `Say to whom: --to <agent>. ${nameCommand('show')} lists who can have it.`;
      throw createUsageError(message, { request });
    },
    read: (to) => ({ to }),
  },
  answer: {
    place: { name: '[answer]', about: `text where text is asked for, else JSON; ${INPUT}` },
    given: (args) => requireArgument(args, 1, 'The answer'),
    read: async (given, shown) => ({ answer: await parseAnswer(given, shown?.answerSchema) }),
  },
  questions: {
    place: { name: '[questions]', about: `what you want to know, a question a line; ${INPUT}` },
    given: (args) => requireArgument(args, 1, 'The question'),
    read: async (given) => ({ questions: await readQuestions(given) }),
  },
};

export function createOptionCommand(option: string): CliCommand {
  const { command: summary = '' } = getOptionWords(option);
  const row: OptionRow = getOptionRow(option);
  const { carries } = row;
  const carrier = carries && CARRIERS[carries];
  const [example = ''] = describeDeciding({ ...EXAMPLE, options: [{ id: option }] });
  return defineDecisionCommand({
    name: option,
    summary,
    place: carrier?.place,
    options: listOptions(row),
    examples: [example, `${example} --queue`],
    run: async (session, values, args) => {
      const { to: _to, guidance, reason = guidance, request, ...options } = values;
      if (needsReason(option) && (reason ?? '').trim() === '') {
        const message = `"${option}" needs a reason: --reason "…". It is recorded in the run.`;
        throw createUsageError(message, { request });
      }
      const given = carrier?.given(args, values);
      const shown = await showRequest(session, request, options);
      const carried = given === undefined ? {} : await carrier?.read(given, shown);
      await sendDecision(session, shown, { ...carried, request, option, reason }, options);
    },
  });
}

/** The request in the examples of the help. */
const EXAMPLE: WaitingRequest = {
  id: 'refund-1a2b3c4d/0123456789abcdef01234567',
  reason: 'irreversible-effect',
  question: '',
  askedBy: 'cashier',
  path: '',
  askedAt: '',
  revision: 1,
  redirectTo: ['senior-cashier'],
  whole: true,
  options: [],
};
