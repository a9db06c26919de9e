/** How to type `baton` here: the installed command, or the repository's script. */

export function commandName(env: NodeJS.ProcessEnv = process.env): string {
  return env['BATON_COMMAND'] ?? 'baton';
}
