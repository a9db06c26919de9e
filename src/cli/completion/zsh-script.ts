/** The completion script for zsh. Source it after compinit, or save it as `_baton` in a folder of fpath. */
import type { Values } from '../session/command.js';
import { listOptions, SERVER_FLAGS, type CompletionSpec, type SpecCommand, type SpecOption } from './spec.js';

export function renderZshScript(spec: CompletionSpec): string {
  return `#compdef baton
# Completes baton in zsh. In ~/.zshrc, after compinit: source <(baton completion zsh)
# Runs and requests are read from the server. The rest is static: regenerate this script after an upgrade.

_baton_live() {
  local -a found server
  local value about flag
  for flag in ${SERVER_FLAGS.join(' ')}; do
    [[ -n \${opt_args[$flag]} ]] && server+=($flag \${opt_args[$flag]})
  done
  while IFS=$'\\t' read -r value about; do
    found+=("\${value//:/\\\\:}:$about")
  done < <(baton completion --live $1 $server 2>/dev/null)
  (( \${#found} )) && _describe -V -t $1 $1 found
}

_baton() {
  local curcontext=$curcontext context state line
  typeset -A opt_args
  _arguments -C \\
${indentParts(spec.globals.map(renderArgument))}
    ${quote('--version[print the version]')} \\
    '1: :->command' \\
    '*:: :->arguments' && return
  case $state in
    command)
      local -a commands=(
${spec.commands.map(({ name, about }) => `        ${quote(`${name}:${about}`)}`).join('\n')}
      )
      _describe -t commands 'baton command' commands
      ;;
    arguments)
      case $line[1] in
${spec.commands.map((command) => renderBranch(spec, command)).join('\n')}
      esac
      ;;
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _baton "$@"; else compdef _baton baton; fi
`;
}

function renderBranch(spec: CompletionSpec, command: SpecCommand): string {
  const places = command.args.map(({ name, values }, index) =>
    quote(`${index + 1}:${name}:${renderAction(values)}`),
  );
  const parts = [...listOptions(spec, command).map(renderArgument), ...places];
  return `        ${command.name})
          _arguments \\
${indentParts(parts, '            ').replace(/ \\$/, '')}
          ;;`;
}

function indentParts(parts: readonly string[], indent = '    '): string {
  return parts.map((part) => `${indent}${part} \\`).join('\n');
}

function renderArgument({ flag, about, values }: SpecOption): string {
  const text = `${flag}[${about.replace(/[[\]\\:]/g, (sign) => `\\${sign}`)}]`;
  return quote(values === undefined ? text : `${text}:${flag.slice(2)}:${renderAction(values)}`);
}

/** The leading space keeps zsh from adding its own options to the call. */
function renderAction(values: Values): string {
  if (values === 'files') return '_files';
  if (typeof values === 'string') return ` _baton_live ${values}`;
  return values.length === 0 ? ' ' : `(${values.join(' ')})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
