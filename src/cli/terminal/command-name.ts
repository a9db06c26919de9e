/**
 * How to type `baton` and its words here, so that a copied line reaches the same server as the command that
 * printed it.
 */

import { setCommandName } from '../../project/command-name.js';

interface NamedServer {
  readonly address?: string | undefined;
  readonly namespace?: string | undefined;
  readonly profile?: string | undefined;
}

/** The server options of this command line; a process runs one. */
let server = '';

/** Printed commands repeat the server options of this command line. */
export function repeatServer({ address, namespace, profile }: NamedServer): void {
  server = Object.entries({ address, namespace, profile })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoteWord(value)}`))
    .join('');
}

/** The installed command, or the repository's script, with the server options if any. */
export function readCommandName(env: NodeJS.ProcessEnv = process.env): string {
  return `${env['BATON_COMMAND'] ?? 'baton'}${server}`;
}

/** A word in shell syntax, quoted where necessary. */
export function quoteWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

// Texts of client and engine name commands too. Some advise to start a server, so they do not repeat the
// server options.
setCommandName(process.env['BATON_COMMAND'] ?? 'baton');
