/** The completion script for bash 3.2 and later. It needs no other package and never evaluates typed text. */
import type { Values } from '../session/command.js';
import { listOptions, SERVER_FLAGS, type CompletionSpec } from './spec.js';

const ASKING = `_baton_live() {
  local value about
  while IFS=$'\\t' read -r value about; do found+=("$value"); done \\
    < <(baton completion --live "$1" "\${server[@]}" 2>/dev/null)
}

_baton_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
}
`;

/** Bash breaks words at `:` and `=`, which occur in ids and options. */
const WORDS = `  local cur prev='' command='' place=0 word i
  local -a words=() server=() found=()
  COMPREPLY=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((i > 0)) && [[ $word == [:=] || \${words[\${#words[@]} - 1]} == *[:=] ]]; then
      words[\${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  local last=$((\${#words[@]} - 1))
  cur=\${words[last]}
  ((last > 0)) && prev=\${words[last - 1]}
  [[ $cur == --*=* ]] && prev=\${cur%%=*} cur=\${cur#*=}
`;

export function renderBashScript(spec: CompletionSpec): string {
  const all = [...spec.globals, ...spec.commands.flatMap(({ options }) => options)];
  const valued = [...new Set(all.flatMap(({ flag, values }) => (values === undefined ? [] : [flag])))];
  const others = valued.filter((flag) => !SERVER_FLAGS.some((server) => server === flag));
  return `# Completes baton in bash. In ~/.bashrc: source <(baton completion bash)
# Runs and requests are read from the server. The rest is static: regenerate this script after an upgrade.

${ASKING}
_baton() {
${WORDS}  for ((i = 1; i < last; i++)); do
    word=\${words[i]}
    case $word in
      ${SERVER_FLAGS.join(' | ')}) server+=("$word" "\${words[i + 1]}"); ((i++)) ;;
      ${others.join(' | ')}) ((i++)) ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; else ((place++)); fi ;;
    esac
  done

  case "$command $prev" in
${renderOptionValues(spec)}
    *)
      case $prev in
        ${valued.join(' | ')}) return ;;
      esac
      if [[ $cur == -* ]]; then
        case $command in
${renderOptionNames(spec)}
        esac
      elif [[ -z $command ]]; then
        found=(${spec.commands.map(({ name }) => name).join(' ')})
      else
        case "$command $place" in
${renderArgumentValues(spec)}
        esac
      fi
      ;;
  esac

  for word in "\${found[@]}"; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$(printf '%q' "$word")")
  done
}

complete -F _baton baton
`;
}

function renderOptionValues(spec: CompletionSpec): string {
  return spec.commands
    .flatMap((command) =>
      command.options.flatMap(({ flag, values }) =>
        values === undefined || values.length === 0
          ? []
          : [`    '${command.name} ${flag}') ${renderFilling(values)} ;;`],
      ),
    )
    .join('\n');
}

function renderOptionNames(spec: CompletionSpec): string {
  const flags = (options: readonly { readonly flag: string }[]): string =>
    options.map(({ flag }) => flag).join(' ');
  return [
    ...spec.commands.map(
      (command) => `          ${command.name}) found=(${flags(listOptions(spec, command))}) ;;`,
    ),
    `          '') found=(${flags(spec.globals)} --version) ;;`,
  ].join('\n');
}

function renderArgumentValues(spec: CompletionSpec): string {
  return spec.commands
    .flatMap(({ name, args }) =>
      args.flatMap(({ values }, place) =>
        values.length === 0 ? [] : [`          '${name} ${place}') ${renderFilling(values)} ;;`],
      ),
    )
    .join('\n');
}

function renderFilling(values: Values): string {
  if (values === 'files') return '_baton_files; return';
  return typeof values === 'string' ? `_baton_live ${values}` : `found=(${values.join(' ')})`;
}
