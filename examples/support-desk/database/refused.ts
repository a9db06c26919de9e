/** The error that explains why nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
