/** Colours, by what they mean. A stream that is no terminal gets none, and NO_COLOR is respected. */
import pc from 'picocolors';

export interface Palette {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly wait: (text: string) => string;
  readonly name: (text: string) => string;
}

export function selectPalette(
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Palette {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const wanted = forced || (stream.isTTY === true && env['TERM'] !== 'dumb');
  const colors = pc.createColors(wanted && (env['NO_COLOR'] ?? '') === '');
  return {
    strong: colors.bold,
    quiet: colors.dim,
    good: colors.green,
    bad: colors.red,
    wait: colors.yellow,
    name: colors.cyan,
  };
}

const stripStyles = (text: string): string => text;
export const NO_COLORS: Palette = {
  strong: stripStyles,
  quiet: stripStyles,
  good: stripStyles,
  bad: stripStyles,
  wait: stripStyles,
  name: stripStyles,
};
