/** `baton completion`: prints the script by which a shell completes commands, options and ids. */
import { type CliCommand, defineCommand, GLOBAL_OPTIONS, NO_OPTIONS } from '../session/command.js';
import { createUsageError } from '../../contracts/errors.js';
import { renderBashScript } from '../completion/bash-script.js';
import { renderFishScript } from '../completion/fish-script.js';
import { buildCompletionSpec, type CompletionSpec } from '../completion/spec.js';
import { renderZshScript } from '../completion/zsh-script.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (spec: CompletionSpec) => string>> = {
  bash: renderBashScript,
  zsh: renderZshScript,
  fish: renderFishScript,
};

/** Takes the commands as a function, because this command is one of them. */
export function createCompletionCommand(commands: () => Promise<readonly CliCommand[]>): CliCommand {
  return defineCommand({
    name: 'completion',
    args: [{ name: '[shell]', about: SHELLS.join(', '), values: SHELLS }],
    summary: 'print a script that completes commands, options and ids in a shell',
    options: NO_OPTIONS,
    examples: [
      'source <(baton completion bash)',
      'source <(baton completion zsh)',
      'baton completion fish > ~/.config/fish/completions/baton.fish',
    ],
    run: async ({ screen }, [given]) => {
      const shell = SHELLS.find((name) => name === given);
      if (shell === undefined) {
        const problem = given === undefined ? 'Say for which shell' : `There is no script for "${given}"`;
        throw createUsageError(`${problem}: baton completion ${SHELLS.join('|')}.`, {
          shells: SHELLS,
        });
      }
      const script = SCRIPTS[shell](buildCompletionSpec(await commands(), GLOBAL_OPTIONS));
      screen.print(script.trimEnd());
      screen.document('completion', { shell, script });
    },
  });
}
