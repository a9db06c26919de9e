/**
 * The name of the command in messages that say what to type next: `baton`, unless the process sets another
 * name. In a clone it is `npm run -s baton --`.
 */
let typed = 'baton';

export function setCommandName(name: string): void {
  typed = name;
}

/** A command with its arguments, in backticks, ready to type. */
export function nameCommand(words: string): string {
  return `\`${typed} ${words}\``;
}
