/** Reports an action that the books refused to Baton as not done. */
import { NotDone } from '@batonhq/baton/worker';
import { Refused } from './database/refused.js';

export function orNotDone<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (error instanceof Refused) throw new NotDone(error.message, { cause: error });
    throw error;
  }
}
