/** Where code of the user's own threw: an orchestration, of a stack as a worker reports it, or a module that is loaded. */

/** In brackets where the function has a name, else at the end of the line. */
const PLACE = /^\s+at (?:async )?(?:.*\()?((?:\/|[A-Za-z]:[\\/]).+:\d+:\d+)\)?$/;
/** Code of somebody else, and the bundle where no source map tells what it was made of. */
const OTHERS = /[\\/]node_modules[\\/]|workflow-bundle-/;

/** File, line and column of the innermost code that is no package's; undefined where the stack has none. */
export function findThrowPlace(stack: string | undefined): string | undefined {
  for (const line of (stack ?? '').split('\n')) {
    const place = PLACE.exec(line)?.[1];
    if (place !== undefined && !OTHERS.test(place)) return place;
  }
  return undefined;
}
