/** What the bench and its workers' processes say to each other. */

/** What a worker's process is started with, as JSON in its one argument. */
export interface Assignment {
  readonly address: string;
  readonly taskQueue: string;
  /** URL of the store, for the side that has one. */
  readonly store: string;
}

export type Order = 'usage' | 'stop';

/** What the process has used since it began, all its threads together. */
export interface Usage {
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly modelCalls: number;
}

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly message: string };
