/** Ways to decide that a developer declares beside yes and no: each means one of them, and says more. */
import type { RequestOption } from '../requests/request-parts.js';
import { DECISION_OPTIONS, getOptionRow } from '../requests/decision-options.js';
import { type BatonError, createDefinitionError } from '../errors.js';

/** A way to say yes or no in the words of the house, e.g. `approve-with-review`. */
export interface DeclaredOption {
  /** What a decision names: lower-case words joined by `-`. */
  readonly id: string;
  /** What a person reads. */
  readonly label: string;
  /** What happens when it is chosen. */
  readonly consequence: string;
  /** What it comes to; nobody's answer is ever read for its meaning. */
  readonly means: 'approve' | 'reject';
}

/** So many may be declared, each text so long. */
export const OPTIONS_AT_MOST = 10;
export const TEXT_LIMIT = 300;

/**
 * The options as a request offers them.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an id that is none, is Baton's own or stands there twice, for text that is
 * empty or too long, and for a meaning that is neither yes nor no.
 */
export function toRequestOptions(
  options: readonly DeclaredOption[],
  owner: string,
): readonly RequestOption[] {
  const wrong = (what: string): BatonError => createDefinitionError(`${owner}, options: ${what}.`);
  if (options.length > OPTIONS_AT_MOST) throw wrong(`more than ${OPTIONS_AT_MOST}`);
  const seen = new Set<string>();
  return options.map(({ id, label, consequence, means }) => {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40)
      throw wrong(`${JSON.stringify(id)} is no id: lower-case words joined by "-"`);
    if (Object.hasOwn(DECISION_OPTIONS, id)) throw wrong(`${id} is Baton's own`);
    if (seen.has(id)) throw wrong(`${id} stands there twice`);
    seen.add(id);
    for (const text of [label, consequence]) {
      if (text.trim() === '' || text.length > TEXT_LIMIT)
        throw wrong(`${id} needs a label and a consequence of at most ${TEXT_LIMIT} characters`);
    }
    if (!getOptionRow(means).declarable) throw wrong(`${id} means "approve" or "reject"`);
    return { id, label, consequence, means };
  });
}
