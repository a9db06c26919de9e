/** Waits for something only as long as its signal lets it: what heeds no signal goes on, and holds nobody up. */

/** Rejects with the signal's reason once it is aborted. */
export function abortWith<T>(going: Promise<T>, signal: AbortSignal): Promise<T> {
  // What comes of it later is of no interest.
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
