/**
 * A labelled support request. The desk sells connected devices for the home, an app, and a subscription.
 *
 * Each request belongs to the agent that can do what its writer asks for:
 * - `billing`: money taken or owed, and the end of a subscription;
 * - `technical`: something bought does not work, and its owner does not want to return or replace it;
 * - `returns`: the owner wants something taken back or replaced;
 * - `account`: sign-in, and the data about a person;
 * - `shipping`: a parcel has not arrived;
 * - `sales`: a question before buying.
 */
export const DESTINATIONS = ['billing', 'technical', 'account', 'shipping', 'returns', 'sales'] as const;

export type Destination = (typeof DESTINATIONS)[number];

/**
 * Why a request is hard:
 * - `two topics`: it also has a topic of another destination; the label is the one that the writer asks for;
 * - `no keyword`: the usual words are missing;
 * - `negation`: it has a word of another destination, denied.
 */
export const HARDSHIPS = ['two topics', 'no keyword', 'negation'] as const;

export type Hardship = (typeof HARDSHIPS)[number];

export interface LabelledRequest {
  readonly text: string;
  readonly to: Destination;
  /** Absent: an easy one. */
  readonly hard?: Hardship;
}

/** How a split is written down: by destination, and by what makes it hard. */
export type Split = Readonly<Record<Destination, Readonly<Record<'easy' | Hardship, readonly string[]>>>>;

export function requestsOf(split: Split): LabelledRequest[] {
  return DESTINATIONS.flatMap((to) => [
    ...split[to].easy.map((text) => ({ text, to })),
    ...HARDSHIPS.flatMap((hard) => split[to][hard].map((text) => ({ text, to, hard }))),
  ]);
}
