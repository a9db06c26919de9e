/**
 * The common part of all decision commands: the request as first argument, and options for the approver and
 * the signature.
 */
import { z } from 'zod';
import { toMilliseconds, type Duration } from '../../contracts/data/duration.js';
import {
  type CliCommand,
  defineCommand,
  type Place,
  requireArgument,
  take,
  takeFlag,
  takeId,
  takeName,
  takeText,
} from '../session/command.js';
import type { Session } from '../session/session.js';

const REQUEST_ARGUMENT: Place = {
  name: '[request]',
  about: 'the id of the request, as `baton inbox` shows it',
  values: 'requests',
};

/** The options that name the signer and the key file. */
export const listSignerOptions = (who: string) => ({
  as: takeId('--as <subject>', `${who} (default: whose key it is)`),
  key: takeName(
    '--key <file>',
    "the key that signs (default: $BATON_KEY, else the subject's of `baton keys new`)",
    'files',
  ),
});

/** The reason of a decision where the reason is optional. */
export const takeNote = () => takeText('--reason <text>', 'a note that the run records');

/** Options of every decision command; a command's own options precede them. */
export const DECIDER_OPTIONS = {
  digest: take(
    '--digest <hex>',
    'only this very action; its beginning is enough (approving needs it after an edit)',
    z
      .string()
      .regex(/^[0-9a-f]{8,64}$/i, 'is not 8 to 64 hexadecimal digits')
      .optional(),
  ),
  by: takeText('--by <name>', 'who decides (default: this user; a claim, not a proof)'),
  ...listSignerOptions('who signs, where decisions are signed'),
  expires: take(
    '--expires <duration>',
    'how long a signed decision counts, e.g. 15m (default: 24h)',
    z
      .string()
      .transform((text) => toMilliseconds(text as Duration) ?? 0)
      .refine((ms) => ms > 0, 'is a duration such as 15m or 24h')
      .optional(),
  ),
  queue: takeFlag('--queue', 'when no worker is there, leave the decision with the server'),
};
const DecisionOptions = z.object(DECIDER_OPTIONS);
export type DecisionOptions = z.infer<typeof DecisionOptions>;

interface DecidingCommand<Options extends z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  /** The argument after the request. */
  readonly place?: Place | undefined;
  readonly options: Options;
  readonly examples: readonly string[];
  /** `args` as typed, the request first. */
  readonly run: (
    session: Session,
    options: z.output<Options> & { readonly request: string },
    args: readonly (string | undefined)[],
  ) => Promise<unknown>;
}

export function defineDecisionCommand<Options extends z.ZodObject>(
  shape: DecidingCommand<Options>,
): CliCommand {
  const { place, run, ...rest } = shape;
  return defineCommand({
    ...rest,
    args: place ? [REQUEST_ARGUMENT, place] : [REQUEST_ARGUMENT],
    documents: ['decision-ticket', 'queued-decision'],
    run: async (session, args, given) => {
      const request = requireArgument(args, 0, 'The id of the request');
      await run(session, { ...given, request }, args);
    },
  });
}
