/**
 * The index as a worker's tool calls share it: opened once, and brought up to the files before a call searches, unless
 * that was done a moment ago. Calls that come while it is being done wait for the same refresh, and hear how far it is.
 */
import type { Progress } from './refresh.js';
import { SearchIndex } from './search-index.js';

/** Between two looks at the files: researchers search at the same time, and the files change seldom. */
const FRESH_MS = 15_000;

export interface Caller {
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
}

export class FreshIndex {
  private readonly place: { readonly root: string; readonly cacheFolder: string };
  private index: Promise<SearchIndex> | undefined;
  private refreshing: Promise<void> | undefined;
  private freshUntil = 0;
  private readonly callers = new Set<Caller>();
  private told: string | undefined;

  constructor(place: { readonly root: string; readonly cacheFolder: string }) {
    this.place = place;
  }

  /**
   * The index, up to the files. One that cannot be opened or refreshed is tried again by the next call.
   *
   * @throws what the caller's signal was aborted with; the refresh ends when nobody waits for it any more.
   */
  async get(caller: Caller): Promise<SearchIndex> {
    caller.signal.throwIfAborted();
    this.callers.add(caller);
    if (this.told !== undefined) caller.progress(this.told);
    const gone = new Promise<never>((_resolve, reject) => {
      caller.signal.addEventListener('abort', () => reject(caller.signal.reason as Error), { once: true });
    });
    try {
      return await Promise.race([gone, this.current()]);
    } finally {
      this.callers.delete(caller);
    }
  }

  private async current(): Promise<SearchIndex> {
    this.index ??= SearchIndex.open(this.place);
    try {
      const index = await this.index;
      if (this.refreshing === undefined && Date.now() >= this.freshUntil) this.begin(index);
      await this.refreshing;
      return index;
    } catch (error) {
      this.index = undefined;
      throw error;
    }
  }

  private begin(index: SearchIndex): void {
    const nobodyWaits = new AbortController();
    const refreshing = index
      .refresh({
        signal: nobodyWaits.signal,
        onProgress: (progress) => {
          if (this.callers.size > 0) return this.tell(progress);
          // Who comes now must not wait for what is being given up.
          this.over(refreshing);
          nobodyWaits.abort(new Error('Nobody waits for the index any more.'));
        },
      })
      .then(() => {
        // It counts from its end: a first build takes longer than it stays fresh.
        this.freshUntil = Date.now() + FRESH_MS;
      })
      .finally(() => this.over(refreshing));
    // Whoever waits is told; there may be nobody.
    refreshing.catch(() => undefined);
    this.refreshing = refreshing;
  }

  private over(refreshing: Promise<void>): void {
    if (this.refreshing !== refreshing) return;
    this.refreshing = undefined;
    this.told = undefined;
  }

  private tell(progress: Progress): void {
    const text = inWords(progress);
    if (text === this.told) return;
    this.told = text;
    for (const caller of this.callers) caller.progress(text);
  }
}

export function inWords({ by, done, total }: Progress): string {
  const files = `indexing ${number(done)} of ${number(total)} files`;
  return by === 'us' ? files : `another worker is ${files}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
