/** Why a request was not made, or not carried on: thrown inside, an outcome outside. */

/** A rule forbids it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** It was tried and did not work. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
}
