/** Waits for a promise until its signal aborts. Work that ignores the signal continues, but nothing waits for it. */

/** Rejects with the signal's reason once it is aborted. */
export function abortWith<T>(going: Promise<T>, signal: AbortSignal): Promise<T> {
  // A later error has no effect.
  going.catch(() => undefined);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    going.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
