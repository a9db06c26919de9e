/** A command as data: its name, its arguments and options, and its function. */
import { z } from 'zod';
import { defined } from '../../contracts/data/defined.js';
import { createUsageError } from '../../contracts/errors.js';
import type { DocumentName } from '../../schemas/catalog.js';
import type { Session } from './session.js';

/** Values for completion: ids from the server, files, or a fixed list. */
export type Values = 'runs' | 'requests' | 'files' | readonly string[];

/** In commander's syntax: `--watch`, `--limit <number>`. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
  readonly values?: Values;
}

/** In commander's syntax: `<required>`, `[optional]`. */
export interface Place {
  readonly name: string;
  readonly about: string;
  readonly values?: Values;
}

/** The flags of each option, by the schema that checks its value. */
const FLAGS = z.registry<Flag>();

/** Declares an option: its flags, its description, and the schema that checks its value. */
export function take<T extends z.ZodType>(flags: string, about: string, checked: T, values?: Values): T {
  FLAGS.add(checked, { flags, about, ...defined({ values }) });
  return checked;
}

/** An option without a value. */
export const takeFlag = (flags: string, about: string) => take(flags, about, z.boolean().default(false));

export const takeText = (flags: string, about: string, values?: Values) =>
  take(flags, about, z.string().optional(), values);

/** A text that is not empty. */
export const takeName = (flags: string, about: string, values?: Values) =>
  take(flags, about, z.string().min(1).optional(), values);

/** An id of a run or of a person. */
export const takeId = (flags: string, about: string, values?: Values) =>
  take(flags, about, z.string().min(1).max(200).optional(), values);

/** The task queue whose workers take a run. */
export const takeTaskQueue = (about: string) =>
  takeName(
    '--task-queue <name>',
    `${about} (default: the configuration's; else the name in package.json, or of the folder)`,
  );

interface CommandBase {
  readonly name: string;
  readonly args?: readonly Place[];
  readonly summary: string;
  /** The documents that --json prints on success, each with a published schema. */
  readonly documents: readonly DocumentName[];
  readonly examples: readonly string[];
}

/** Returns the exit code; undefined means 0. */
type Run<Options> = (
  session: Session,
  args: readonly (string | undefined)[],
  options: Options,
) => Promise<number | void>;

interface CommandShape<Options extends z.ZodObject> extends Omit<CommandBase, 'documents'> {
  /** Default: the document with the command's name. */
  readonly documents?: readonly DocumentName[];
  /** Made with {@link take}, keyed by the names that commander uses. */
  readonly options: Options;
  readonly run: Run<z.output<Options>>;
}

export interface CliCommand extends CommandBase {
  readonly options: readonly Flag[];
  readonly run: Run<unknown>;
}

export function defineCommand<Options extends z.ZodObject>(shape: CommandShape<Options>): CliCommand {
  const { options: schema, run, ...rest } = shape;
  return {
    documents: [shape.name as DocumentName],
    ...rest,
    options: Object.values(schema.shape).flatMap((each) => FLAGS.get(each) ?? []),
    run: (session, args, options) => {
      const parsed = schema.safeParse(options);
      if (parsed.success) return run(session, args, parsed.data);
      const problems = parsed.error.issues.map(({ path, message }) =>
        createInvalidOptionError(path.join('.'), message),
      );
      throw createUsageError(`${problems.join('; ')}. See \`baton ${shape.name} --help\`.`, {
        problems,
      });
    },
  };
}

/** `--port is a number …`, or with a colon where the message is a whole sentence. */
function createInvalidOptionError(option: string, message: string): string {
  const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return /^(?:is|does) /.test(message) ? `${flag} ${message}` : `${flag}: ${message}`;
}

/** A required argument. */
export function requireArgument(args: readonly (string | undefined)[], index: number, what: string): string {
  const value = args[index]?.trim();
  if (value !== undefined && value !== '') return value;
  throw createUsageError(`${what} is missing.`);
}

/** The argument of a command that reads a configuration. */
export const CONFIGURATION: Place = {
  name: '[file]',
  about: 'a configuration, or a file that exports orchestrations (default: baton.config.ts)',
  values: 'files',
};

export const NO_OPTIONS = z.object({});

/** The options of every command. */
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
