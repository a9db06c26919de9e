/**
 * How long, as Temporal reads it. Temporal's own type comes from a package whose types Node's resolution does not
 * find, and so is `any` to everyone who compiles with `nodenext`.
 */
type Unit =
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'w'
  | `second${'' | 's'}`
  | `minute${'' | 's'}`
  | `hour${'' | 's'}`
  | `day${'' | 's'}`
  | `week${'' | 's'}`;

/** A text such as `'30 days'`, `'90s'` or `'1.5 hours'`, or milliseconds. */
export type Duration = number | `${number}${Unit}` | `${number} ${Unit}`;
