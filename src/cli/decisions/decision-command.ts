/** What every command that decides on a request is: its request first, who decides and how it travels as options. */
import { z } from 'zod';
import { toMilliseconds, type Duration } from '../../contracts/data/duration.js';
import {
  defineCommand,
  requireArgument,
  type CliCommand,
  type Flag,
  type Place,
} from '../session/command.js';
import type { Session } from '../session/session.js';
import { listSignerOptions, SignerOptions } from './signer-options.js';

const REQUEST_ARGUMENT: Place = {
  name: '[request]',
  about: 'the id of the request, as `baton inbox` shows it',
  values: 'requests',
};

const DECIDER_OPTIONS: readonly Flag[] = [
  {
    flags: '--digest <hex>',
    about: 'only this very action; its beginning is enough (approving needs it after an edit)',
  },
  { flags: '--by <name>', about: 'who decides (default: this user; a claim, not a proof)' },
  ...listSignerOptions('who signs, where decisions are signed'),
  { flags: '--expires <duration>', about: 'how long a signed decision counts, e.g. 15m (default: 24h)' },
  { flags: '--queue', about: 'when no worker is there, leave the decision with the server' },
];

/** The reason of a decision that needs none. */
export const NOTE: Flag = { flags: '--reason <text>', about: 'a note that the run records' };

export const DecisionOptions = SignerOptions.extend({
  reason: z.string().optional(),
  digest: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/i, 'is not 8 to 64 hexadecimal digits')
    .optional(),
  by: z.string().optional(),
  expires: z
    .string()
    .transform((text) => toMilliseconds(text as Duration) ?? 0)
    .refine((ms) => ms > 0, 'is a duration such as 15m or 24h')
    .optional(),
  queue: z.boolean().default(false),
});
export type DecisionOptions = z.infer<typeof DecisionOptions>;

interface DecidingCommand<Options extends DecisionOptions> {
  readonly name: string;
  readonly summary: string;
  /** What stands behind the request. */
  readonly place?: Place | undefined;
  /** Those of its own: they stand before the ones that all have. */
  readonly options: readonly Flag[];
  readonly schema: z.ZodType<Options>;
  readonly examples: readonly string[];
  /** `args` as they were given, the request first. */
  readonly run: (
    session: Session,
    options: Options & { readonly request: string },
    args: readonly (string | undefined)[],
  ) => Promise<unknown>;
}

export function defineDecisionCommand<Options extends DecisionOptions>(
  shape: DecidingCommand<Options>,
): CliCommand {
  const { place, options, run, ...rest } = shape;
  return defineCommand({
    ...rest,
    args: place ? [REQUEST_ARGUMENT, place] : [REQUEST_ARGUMENT],
    options: [...options, ...DECIDER_OPTIONS],
    documents: ['decision-ticket', 'queued-decision'],
    run: async (session, args, given) => {
      const request = requireArgument(args, 0, 'The id of the request');
      await run(session, { ...given, request }, args);
    },
  });
}
