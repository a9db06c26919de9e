/**
 * How to type `baton` and its words here, so that a copied line reaches the same server as the command that
 * printed it.
 */

import { isAbsolute, relative } from 'node:path';
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

/** This command's script, as npm installs it. */
const INSTALLED = /[\\/]node_modules[\\/](?:\.bin[\\/]baton(?:\.\w+)?|@batonhq[\\/]baton[\\/].*)$/;

/** The command as it works here: a shell finds a project's own only with `npx`. */
export function findCommand({
  env = process.env,
  script = process.argv[1] ?? '',
  folder = process.cwd(),
} = {}): string {
  const given = env['BATON_COMMAND'];
  if (given !== undefined) return given;
  const project = INSTALLED.test(script) ? script.replace(INSTALLED, '') : undefined;
  if (project === undefined) return 'baton';
  if (/[\\/]_npx[\\/]/.test(script)) return 'npx @batonhq/baton';
  const way = relative(project, folder);
  return way.startsWith('..') || isAbsolute(way) ? 'baton' : 'npx baton';
}

/** The command of this process, with the server options if any. */
export function readCommandName(): string {
  return `${findCommand()}${server}`;
}

/** A word in shell syntax, quoted where necessary. It is one line, so that it cannot look like other output. */
export function quoteWord(text: string): string {
  if (text.includes('\n')) return `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

// Texts of client and engine name commands too. Some advise to start a server, so they do not repeat the
// server options.
setCommandName(findCommand());
