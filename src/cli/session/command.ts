/** A command as data: what it is called, what it takes, what it does. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import type { DocumentName } from '../../schemas/catalog.js';
import type { Session } from './session.js';

/** What may stand somewhere, for completion: ids that are asked of the server, files, or these words. */
export type Values = 'runs' | 'requests' | 'files' | readonly string[];

/** As commander writes them: `--watch`, `--limit <number>`. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
  readonly values?: Values;
}

/** As commander writes them: `<required>`, `[optional]`. */
export interface Place {
  readonly name: string;
  readonly about: string;
  readonly values?: Values;
}

interface CommandShape<Options> {
  readonly name: string;
  readonly args?: readonly Place[];
  readonly summary: string;
  /** What it prints with --json, when it does not fail: one of these, each with a published schema. */
  readonly documents: readonly DocumentName[];
  readonly options?: readonly Flag[];
  /** Checks the options as commander gives them. */
  readonly schema: z.ZodType<Options>;
  readonly examples: readonly string[];
  /** Returns the exit code, 0 when nothing. */
  readonly run: (
    session: Session,
    args: readonly (string | undefined)[],
    options: Options,
  ) => Promise<number | void>;
}

export interface CliCommand extends Omit<CommandShape<unknown>, 'schema' | 'run'> {
  readonly run: (
    session: Session,
    args: readonly (string | undefined)[],
    options: unknown,
  ) => Promise<number | void>;
}

export function defineCommand<Options>(shape: CommandShape<Options>): CliCommand {
  const { schema, run, ...rest } = shape;
  return {
    ...rest,
    run: (session, args, options) => {
      const parsed = schema.safeParse(options);
      if (parsed.success) return run(session, args, parsed.data);
      const problems = parsed.error.issues.map(({ path, message }) =>
        createInvalidOptionError(path.join('.'), message),
      );
      throw new BatonError('BAD_USAGE', `${problems.join('; ')}. See \`baton ${shape.name} --help\`.`, {
        problems,
      });
    },
  };
}

/** `--port is a number …`, or with a colon where the message is a sentence of its own. */
function createInvalidOptionError(option: string, message: string): string {
  const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return /^(?:is|does) /.test(message) ? `${flag} ${message}` : `${flag}: ${message}`;
}

/** The argument that a command cannot do without. */
export function requireArgument(args: readonly (string | undefined)[], index: number, what: string): string {
  const value = args[index]?.trim();
  if (value !== undefined && value !== '') return value;
  throw new BatonError('BAD_USAGE', `${what} is missing.`);
}

export const NO_OPTIONS = z.object({});

/** The options that every command takes. */
export const GLOBAL_OPTIONS: readonly Flag[] = [
  { flags: '--json', about: 'print one JSON document on stdout, and nothing else' },
  {
    flags: '--address <host:port>',
    about: "the Temporal server (else: profile, environment, this folder's engine)",
  },
  { flags: '--namespace <name>', about: 'the Temporal namespace' },
  { flags: '--profile <name>', about: "a profile of Temporal's configuration file" },
  { flags: '--verbose', about: 'show stacks of errors' },
];
