/** Watches topics for open pages: one look for everyone who follows the same topic, and no look without followers. */

const LOOK_EVERY_MS = 1_000;

interface Topic {
  /** The followers, each with the last state that it received. */
  readonly told: Map<(state: string) => void, string | undefined>;
  timer?: NodeJS.Timeout;
  /** The number of looks that have begun, and the one last reported. An older look that finishes later is ignored. */
  begun: number;
  answered: number;
}

export class Watch {
  private readonly topics = new Map<string, Topic>();

  /**
   * Calls the listener with the state of a topic, now and after every change, until the returned function is
   * called. A new listener always gets a fresh look: the state that others received may be older than what
   * its page shows.
   *
   * @param look - reads the state; after a failure it is called again later.
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
      // A follower that joins during this look may already show a newer state.
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
        // A server that does not answer now is asked again later.
        .catch(() => {})
        .finally(() => {
          // If someone joined in the meantime, another look has already started.
          if (topic.timer === timer && this.topics.get(name) === topic)
            this.look(name, topic, look, LOOK_EVERY_MS);
        });
    }, afterMs);
    topic.timer = timer;
  }
}
