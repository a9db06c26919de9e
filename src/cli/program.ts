/** The whole command line: its commands, the global options, and the help. */
import { nameCommand } from '../project/command-name.js';
import { type CliCommand, GLOBAL_OPTIONS } from './session/command.js';
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { describeNearest } from '../contracts/data/nearest.js';
import { createUsageError } from '../contracts/errors.js';
import { repeatServer } from './terminal/command-name.js';
import { loadCommandsFor } from './commands.js';
import { Globals, Session } from './session/session.js';

/** Runs one command line and returns its exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const commands = await loadCommandsFor(argv);
  const program = createProgram(commands, async (command, args, options) => {
    const session = new Session(Globals.parse(options));
    repeatServer(session.globals);
    try {
      exitCode = (await command.run(session, args, options)) ?? 0;
    } finally {
      session.screen.settle('keep');
      await session.close();
    }
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    // Help and version are already printed, and nothing else was requested.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    throw error;
  }
  return exitCode;
}

type Act = (command: CliCommand, args: readonly (string | undefined)[], options: unknown) => Promise<void>;

function createProgram(commands: readonly CliCommand[], act: Act): Command {
  const program = new Command('baton')
    .description('Agent handoff that survives anything, on Temporal.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    // `main` prints every error once, in the requested form.
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', OVERVIEW);
  for (const { flags, about } of GLOBAL_OPTIONS) program.option(flags, about);
  for (const command of commands) add(program, command, act);
  program.allowExcessArguments().action(() => {
    const [unknown] = program.args;
    if (unknown === undefined) program.outputHelp();
    else
      throw createUsageError(
        `There is no command "${unknown}".${describeNearest(
          unknown,
          commands.map(({ name }) => name),
        )} See ${nameCommand('--help')}.`,
        {
          command: unknown,
        },
      );
  });
  return program;
}

function add(program: Command, command: CliCommand, act: Act): void {
  const sub = program.command(command.name).description(command.summary);
  for (const { name, about } of command.args ?? []) sub.argument(name, about);
  for (const { flags, about } of command.options ?? []) sub.option(flags, about);
  sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join('\n')}`);
  const count = command.args?.length ?? 0;
  sub.action(async (...values: unknown[]) => {
    await act(command, z.array(z.string().optional()).parse(values.slice(0, count)), sub.optsWithGlobals());
  });
}

const OVERVIEW = `
Exit codes: 0 done, 1 the run failed, 2 bad usage or input, 3 engine unreachable, 4 decision refused, 5 no worker.

Examples:
  $ baton demo "How do I retry a failed request?"
  $ baton dev hello.ts
  $ baton start hello --input '"What is durable execution?"' --wait
  $ baton list --state waiting`;

function readVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
      return z.object({ version: z.string() }).parse(manifest).version;
    } catch {
      // Seen from src, the manifest is one folder nearer than seen from dist/src.
    }
  }
  return 'unknown';
}
