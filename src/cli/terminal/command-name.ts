/** How to type `baton` and its words here, so that a line that is copied reaches what the command before it reached. */

import { setCommandName } from '../../project/command-name.js';

interface NamedServer {
  readonly address?: string | undefined;
  readonly namespace?: string | undefined;
  readonly profile?: string | undefined;
}

/** What was said of the server on this command line; a process runs one. */
let server = '';

/** Lines to be copied name the server as this command line did. */
export function repeatServer({ address, namespace, profile }: NamedServer): void {
  server = Object.entries({ address, namespace, profile })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoteWord(value)}`))
    .join('');
}

/** The installed command, or the repository's script; with the server, if one was named. */
export function readCommandName(env: NodeJS.ProcessEnv = process.env): string {
  return `${env['BATON_COMMAND'] ?? 'baton'}${server}`;
}

/** A word as a shell takes it: in quotes where it needs them. */
export function quoteWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

// Texts of the client and of the engine name commands too. Some advise to start a server, so they do not repeat one.
setCommandName(process.env['BATON_COMMAND'] ?? 'baton');
