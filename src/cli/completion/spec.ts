/** What can be typed after `baton`, in a form that every shell's script is made of. */
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
  /** Options that every command takes. */
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

/** Those of a command and of all, each once. */
export function listOptions({ globals }: CompletionSpec, command: SpecCommand): readonly SpecOption[] {
  return [...command.options, ...globals];
}

/** Options by which the server is found; what is asked live must be asked there. */
export const SERVER_FLAGS = ['--address', '--namespace', '--profile'] as const;
