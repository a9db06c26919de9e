/**
 * What a labelled support request is. The desk sells connected devices for the home, an app, and a subscription.
 *
 * Who a request belongs to, where it could be argued: whoever can do what the writer asks for. Money taken or owed is
 * `billing`, and so is ending a subscription; something bought that does not work is `technical`, until its owner wants it
 * taken back or replaced, which is `returns`; who may sign in, and what is known of them, is `account`; a parcel that is
 * not there yet is `shipping`; whatever is asked before buying is `sales`.
 */
export const DESTINATIONS = ['billing', 'technical', 'account', 'shipping', 'returns', 'sales'] as const;

export type Destination = (typeof DESTINATIONS)[number];

/**
 * Why a request is hard. `two topics`: another destination's matter is told of too, the label is what is asked for;
 * `no keyword`: none of the words one would look for; `negation`: another destination's word stands there, denied.
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
