/**
 * Decision options that a developer declares in addition to approve and reject. Each means one of the two and adds a
 * condition.
 */
import type { RequestOption } from '../requests/request-parts.js';
import { DECISION_OPTIONS, getOptionRow } from '../requests/decision-options.js';
import { type BatonError, createDefinitionError } from '../errors.js';

/** A custom approve or reject option, e.g. `approve-with-review`. */
export interface DeclaredOption {
  /** The id that a decision names: lower-case words joined by `-`. */
  readonly id: string;
  /** The label that the approver sees. */
  readonly label: string;
  /** The effect of choosing it, for the approver to read. */
  readonly consequence: string;
  /** Whether the option approves or rejects. Baton never infers this from the text. */
  readonly means: 'approve' | 'reject';
}

/** The maximum number of options; the limits after it apply to each text. */
export const OPTIONS_AT_MOST = 10;
export const TEXT_LIMIT = 300;

/**
 * Converts the options to those of a request.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an invalid, reserved or repeated id, for an empty or too long text, and for
 * a meaning other than `approve` and `reject`.
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
      throw wrong(`${JSON.stringify(id)} is not an id: use lower-case words joined by "-"`);
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
