/** Why a request was not made or not completed. It is thrown inside, and becomes an outcome outside. */

/** A rule forbids it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The request was tried and failed. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
}
