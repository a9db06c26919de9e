/** What open pages are told as it changes: one look for all who watch the same thing, and none when nobody does. */

const LOOK_EVERY_MS = 1_000;

interface Topic {
  /** Who watches, each with the state that it was told last. */
  readonly told: Map<(state: string) => void, string | undefined>;
  timer?: NodeJS.Timeout;
  /** How many looks have begun, and which of them was told: an older one that answers later is not. */
  begun: number;
  answered: number;
}

export class Watch {
  private readonly topics = new Map<string, Topic>();

  /**
   * Tells the state of a topic, as it is now and whenever it changes, until the returned function is called. What somebody
   * else was told before counts as old: a page that shows more than that would take it for a change.
   *
   * @param look - reads the state; what cannot be read now is looked at again.
   */
  follow(name: string, look: () => Promise<string>, listener: (state: string) => void): () => void {
    const topic: Topic = this.topics.get(name) ?? { told: new Map(), begun: 0, answered: 0 };
    this.topics.set(name, topic);
    topic.told.set(listener, undefined);
    clearTimeout(topic.timer);
    this.look(name, topic, look, 0);
    return () => {
      topic.told.delete(listener);
      if (topic.told.size > 0) return;
      clearTimeout(topic.timer);
      this.topics.delete(name);
    };
  }

  close(): void {
    for (const topic of this.topics.values()) clearTimeout(topic.timer);
    this.topics.clear();
  }

  private look(name: string, topic: Topic, look: () => Promise<string>, afterMs: number): void {
    const timer = setTimeout(() => {
      // Who comes while this is read may show what is newer.
      const listeners = [...topic.told.keys()];
      const number = (topic.begun += 1);
      void look()
        .then((state) => {
          if (number < topic.answered) return;
          topic.answered = number;
          for (const listener of listeners) {
            if (!topic.told.has(listener) || topic.told.get(listener) === state) continue;
            topic.told.set(listener, state);
            listener(state);
          }
        })
        // A server that does not answer now is asked again.
        .catch(() => {})
        .finally(() => {
          // Somebody has come meanwhile: another look is on its way.
          if (topic.timer === timer && this.topics.get(name) === topic)
            this.look(name, topic, look, LOOK_EVERY_MS);
        });
    }, afterMs);
    topic.timer = timer;
  }
}
