/** The messages between the bench and the processes of its workers. */

/** The options of a worker's process, as JSON in its only argument. */
export interface Assignment {
  readonly address: string;
  readonly taskQueue: string;
  /** URL of the store, for the side that has one. */
  readonly store: string;
}

export type Order = 'usage' | 'stop';

/** The resources that the process has used since its start, over all threads. */
export interface Usage {
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly modelCalls: number;
}

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly message: string };
