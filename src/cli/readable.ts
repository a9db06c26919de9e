/** Makes the short previews of JSON in a timeline readable: they may be cut off, so they cannot be parsed. */

/** `{"plan":["a","b…` becomes `plan: a, b…`; any other text stays as it is. */
export function readable(preview: string): string {
  if (!/^[[{"]/.test(preview)) return preview;
  return preview
    .replace(/"((?:[^"\\]|\\.)*)"\s*:/g, '$1: ')
    .replace(/\\n/g, ' ')
    .replace(/\\(["\\/])/g, '$1')
    .replace(/"(?=[,\]}]|$)|(?<=[[{,:]\s*)"|^"/g, '')
    .replace(/[{}[\]]/g, ' ')
    .replace(/\s*,\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .replace(/(?:, )+$/, '')
    .trim();
}
