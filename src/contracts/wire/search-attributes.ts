/**
 * The search attributes that Baton sets on every root run, by which the Web UI, `baton list` and any Temporal
 * client find runs. A namespace must know them before the first run starts. They are never encrypted: names and
 * states only, no secrets.
 */
export const SEARCH_ATTRIBUTES = {
  /** The team whose run this is. */
  BatonTeam: 'Keyword',
  /** Where the run stands, `waiting` for example. */
  BatonState: 'Keyword',
  /** The agent that has control. */
  BatonAgent: 'Keyword',
  /** Why a person is asked. */
  BatonReason: 'Keyword',
  /** Whom or what the run waits for. */
  BatonWaitsFor: 'KeywordList',
  /** When the oldest open request expires. */
  BatonDeadline: 'Datetime',
} as const;

export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;
export type SearchAttributeType = (typeof SEARCH_ATTRIBUTES)[SearchAttributeName];
