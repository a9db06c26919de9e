/**
 * Finds where the user's code threw, from a stack that a worker reports: in an orchestration, or in a loaded module.
 */

/** In parentheses if the function has a name, else at the end of the line. */
const PLACE = /^\s+at (?:async )?(?:.*\()?((?:\/|[A-Za-z]:[\\/]).+:\d+:\d+)\)?$/;
/** Code of packages, and the bundle where it has no source map. */
const OTHERS = /[\\/]node_modules[\\/]|workflow-bundle-/;

/** File, line and column of the innermost frame outside packages; undefined if the stack has no such frame. */
export function findThrowPlace(stack: string | undefined): string | undefined {
  for (const line of (stack ?? '').split('\n')) {
    const place = PLACE.exec(line)?.[1];
    if (place !== undefined && !OTHERS.test(place)) return place;
  }
  return undefined;
}
