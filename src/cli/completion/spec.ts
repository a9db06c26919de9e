/** Everything that a person can type after `baton`, as data from which the script of each shell is made. */
import type { CliCommand, Flag, Values } from '../session/command.js';

export interface SpecOption {
  /** With its dashes, e.g. `--watch`. */
  readonly flag: string;
  readonly about: string;
  /** Undefined for an option that takes no value. */
  readonly values: Values | undefined;
}

export interface SpecCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly SpecOption[];
  readonly args: readonly { readonly name: string; readonly values: Values }[];
}

export interface CompletionSpec {
  /** Options of every command. */
  readonly globals: readonly SpecOption[];
  readonly commands: readonly SpecCommand[];
}

export function buildCompletionSpec(
  commands: readonly CliCommand[],
  globals: readonly Flag[],
): CompletionSpec {
  return {
    globals: [...globals.map(toSpecOption), { flag: '--help', about: 'print help', values: undefined }],
    commands: commands.map(({ name, summary, options, args = [] }) => ({
      name,
      about: summary,
      options: options.map(toSpecOption),
      args: args.map(({ name: place, values = [] }) => ({ name: place.replace(/[<>[\]]/g, ''), values })),
    })),
  };
}

function toSpecOption({ flags, about, values }: Flag): SpecOption {
  const flag = /--[\w-]+/.exec(flags)?.[0] ?? flags;
  return { flag, about, values: /[<[]/.test(flags) ? (values ?? []) : undefined };
}

/** The options of the command and the global ones, each once. */
export function listOptions({ globals }: CompletionSpec, command: SpecCommand): readonly SpecOption[] {
  return [...command.options, ...globals];
}

/** Options that select the server. Live completion passes them on, so that it asks the right server. */
export const SERVER_FLAGS = ['--address', '--namespace', '--profile'] as const;
