/** Under what an answer is kept, so that a second attempt of its turn finds it. */
import type { CallModelInput } from '../../contracts/wire/model-call.js';
import { computeDigest } from '../../store/chain.js';

/**
 * Names a turn and what was asked in it. A reset gives the same turn the same name, but another decision may have been
 * taken before it: that is another question. How much is left of a budget is not a part of it: the model never sees it,
 * and a reset changes the time in it.
 */
export function serializeTurn({ root: _root, turnKey, entries, ...asked }: CallModelInput): string {
  const said = entries.map((entry) => (entry.kind === 'task' ? { ...entry, budget: null } : entry));
  return `turn:${turnKey}:${computeDigest({ ...asked, entries: said }).slice(0, 16)}`;
}
