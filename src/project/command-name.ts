/**
 * How the command is typed here, for the texts that say what to type next: `baton`, unless whoever runs the process says
 * otherwise. A clone types `npm run -s baton --`, and a server that was named is named again.
 */
let typed = 'baton';

export function setCommandName(name: string): void {
  typed = name;
}

/** A command with its words, as a text names it: to be typed as it stands. */
export function nameCommand(words: string): string {
  return `\`${typed} ${words}\``;
}
