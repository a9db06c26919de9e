/**
 * The failure converter of the sandbox: Temporal's own, which follows the causes of an error without end, so that an error
 * that is its own cause ends the worker, and the next one that takes the step up. What is no failure of Temporal's becomes
 * a plain error first, with bounded texts.
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

/** Not so easy to say of a proxy. */
function isTemporalFailure(error: unknown): boolean {
  try {
    return error instanceof TemporalFailure;
  } catch {
    return false;
  }
}

/** The name under which Temporal looks for it. */
export const failureConverter = new BoundedFailureConverter();
