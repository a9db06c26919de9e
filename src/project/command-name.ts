/**
 * How the command is typed here, for texts that say what to type next: `baton`, unless the process sets another name.
 * A clone types `npm run -s baton --`.
 */
let typed = 'baton';

export function setCommandName(name: string): void {
  typed = name;
}

/** A command with its words, in backticks, ready to type. */
export function nameCommand(words: string): string {
  return `\`${typed} ${words}\``;
}
