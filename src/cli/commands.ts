/**
 * The table of commands, in the order of the help. Each is loaded when needed, because loading all of them
 * takes a second.
 */
import { OPTION_WORDS, getOptionWords } from '../client/text/option-words.js';
import type { CliCommand } from './session/command.js';

const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  dev: async () => (await import('./commands/dev.js')).devCommand,
  worker: async () => (await import('./commands/worker.js')).workerCommand,
  engine: async () => (await import('./commands/engine.js')).engineCommand,
  start: async () => (await import('./commands/start.js')).startCommand,
  chat: async () => (await import('./commands/chat.js')).chatCommand,
  crew: async () => (await import('./commands/crew.js')).crewCommand,
  inbox: async () => (await import('./commands/inbox.js')).inboxCommand,
  list: async () => (await import('./commands/list.js')).listCommand,
  show: async () => (await import('./commands/show.js')).showCommand,
  fork: async () => (await import('./commands/fork.js')).forkCommand,
  ...listOptionCommands(),
  decide: async () => (await import('./commands/decide.js')).decideCommand,
  cancel: async () => (await import('./commands/cancel.js')).cancelCommand,
  keys: async () => (await import('./commands/keys.js')).keysCommand,
  audit: async () => (await import('./commands/audit.js')).auditCommand,
  prune: async () => (await import('./commands/prune.js')).pruneCommand,
  notify: async () => (await import('./commands/notify.js')).notifyCommand,
  deployment: async () => (await import('./commands/deployment.js')).deploymentCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  schema: async () => (await import('./commands/schema.js')).schemaCommand,
  completion: async () => (await import('./commands/completion.js')).createCompletionCommand(loadAllCommands),
};

/**
 * The commands of the decision options: one for each row of their table, except for the option that opens an
 * editor.
 */
function listOptionCommands(): Readonly<Record<string, () => Promise<CliCommand>>> {
  const ids = Object.keys(OPTION_WORDS).filter((id) => getOptionWords(id).command !== undefined);
  const load = (id: string) => async () =>
    id === 'edit'
      ? (await import('./commands/edit.js')).editCommand
      : (await import('./decisions/option-command.js')).createOptionCommand(id);
  return Object.fromEntries(ids.map((id) => [id, load(id)]));
}

export function loadAllCommands(): Promise<readonly CliCommand[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}

/**
 * The command that this line begins with. Without a known name, all commands: the help and the error message
 * need them.
 */
export async function loadCommandsFor([first]: readonly string[]): Promise<readonly CliCommand[]> {
  if (first === '--version' || first === '-V') return [];
  const load = first !== undefined && Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  return load ? [await load()] : loadAllCommands();
}
