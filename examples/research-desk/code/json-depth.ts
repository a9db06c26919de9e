/** Measures how deeply a JSON text is nested, without recursion. */

/** Whether arrays and objects of a JSON text are nested more than `limit` levels deep. */
export function isTooDeep(json: string, limit: number): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
