/** The completion script for fish. */
import type { Values } from '../session/command.js';
import { SERVER_FLAGS, type CompletionSpec, type SpecCommand, type SpecOption } from './spec.js';

/** Asks the server for the ids of runs or of requests. */
const LIVE = [
  'function __baton_live',
  '    set -l words (commandline -opc)',
  '    set -l server',
  `    for flag in ${SERVER_FLAGS.join(' ')}`,
  '        if set -l at (contains -i -- $flag $words)',
  '            set -a server $flag $words[(math $at + 1)]',
  '        end',
  '    end',
  '    baton completion --live $argv[1] $server 2>/dev/null',
  'end',
];

export function renderFishScript(spec: CompletionSpec): string {
  return `# Completes baton in fish. Once: baton completion fish > ~/.config/fish/completions/baton.fish
# Runs and requests are read from the server. The rest is static: regenerate this script after an upgrade.

${LIVE.join('\n')}

complete -c baton -f
${spec.globals.map((option) => complete('', option)).join('\n')}
${spec.commands.map(renderCommand).join('\n')}
`;
}

function renderCommand({ name, about, options, args }: SpecCommand): string {
  const here = ` -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c baton -n __fish_use_subcommand -a ${name} -d ${quote(about)}`,
    ...options.map((option) => complete(here, option)),
    // At most one argument of each command has values to complete.
    ...args.flatMap(({ values }) =>
      values.length === 0 ? [] : [`complete -c baton${here} ${listOffers(values)}`],
    ),
  ].join('\n');
}

function complete(condition: string, { flag, about, values }: SpecOption): string {
  const takes =
    values === undefined
      ? ''
      : values.length === 0
        ? ' -x'
        : ` ${values === 'files' ? '-r' : '-x'} ${listOffers(values)}`;
  return `complete -c baton${condition} -l ${flag.slice(2)}${takes} -d ${quote(about)}`;
}

function listOffers(values: Values): string {
  if (values === 'files') return '-F';
  return typeof values === 'string' ? `-k -a '(__baton_live ${values})'` : `-a '${values.join(' ')}'`;
}

function quote(text: string): string {
  return `'${text.replace(/['\\\\]/g, (sign) => `\\${sign}`)}'`;
}
