/** The one activity of the bare side. */
import { RESULT } from '../work.js';

export async function step(_task: string): Promise<string> {
  return Promise.resolve(RESULT);
}
