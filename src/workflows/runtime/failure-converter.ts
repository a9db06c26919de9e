/**
 * The failure converter of the sandbox. Temporal's own converter follows the causes of an error without end. An error that
 * is its own cause would therefore crash the worker, and then the next worker that takes the step. This converter turns an
 * error that is not a Temporal failure into a plain error with limited texts first.
 */
import { DefaultFailureConverter, TemporalFailure } from '@temporalio/common';
import { MOST_CAUSES, toPlainError } from '../../contracts/data/thrown.js';

type ToFailure = DefaultFailureConverter['errorToFailure'];

class BoundedFailureConverter extends DefaultFailureConverter {
  private depth = 0;

  override errorToFailure(...[error, ...rest]: Parameters<ToFailure>): ReturnType<ToFailure> {
    this.depth += 1;
    try {
      const isKnown = this.depth <= MOST_CAUSES && isTemporalFailure(error);
      return super.errorToFailure(isKnown ? error : toPlainError(error), ...rest);
    } catch (problem) {
      // Its details cannot be sent, or one of its getters throws.
      if (!isTemporalFailure(error)) throw problem;
      return super.errorToFailure(toPlainError(error), ...rest);
    } finally {
      this.depth -= 1;
    }
  }
}

/** The check itself can throw for a proxy. */
function isTemporalFailure(error: unknown): boolean {
  try {
    return error instanceof TemporalFailure;
  } catch {
    return false;
  }
}

/** Temporal looks for this name. */
export const failureConverter = new BoundedFailureConverter();
