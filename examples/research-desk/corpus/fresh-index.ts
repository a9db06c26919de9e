/**
 * The index that a worker's tool calls share. It is opened once, and updated from the files before a search,
 * unless that was done a moment ago. Concurrent calls wait for the same refresh and receive its progress.
 */
import type { Progress } from './refresh.js';
import { SearchIndex } from './search-index.js';

/** The time between two checks of the files: researchers search at the same time, and the files rarely change. */
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
   * Returns the updated index. If opening or refreshing fails, the next call tries again.
   *
   * @throws the reason of the caller's signal when aborted; the refresh ends when nobody waits for it any
   * more.
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
          // A new caller must not wait for a refresh that is being cancelled.
          this.over(refreshing);
          nobodyWaits.abort(new Error('Nobody waits for the index any more.'));
        },
      })
      .then(() => {
        // Counted from the end, because a first build can take longer than this time.
        this.freshUntil = Date.now() + FRESH_MS;
      })
      .finally(() => this.over(refreshing));
    // Every waiter gets the error; this handler covers the case without waiters.
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
