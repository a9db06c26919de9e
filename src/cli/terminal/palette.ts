/** Colours by meaning. A stream that is not a terminal gets no colours, and NO_COLOR is respected. */
import pc from 'picocolors';

export interface Palette {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly wait: (text: string) => string;
  readonly name: (text: string) => string;
}

/** The width and the colours that lines are formatted for. */
export interface LineStyle {
  readonly width: number;
  readonly palette: Palette;
}

export function selectPalette(
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Palette {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const wanted = forced || (stream.isTTY === true && env['TERM'] !== 'dumb');
  return createPalette(wanted && (env['NO_COLOR'] ?? '') === '');
}

function createPalette(coloured: boolean): Palette {
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(coloured);
  return { strong: bold, quiet: dim, good: green, bad: red, wait: yellow, name: cyan };
}

export const NO_COLORS = createPalette(false);
