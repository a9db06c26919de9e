/** What open pages are told as it changes: one look for all who watch the same thing, and none when nobody does. */

const LOOK_EVERY_MS = 1_000;

interface Topic {
  readonly listeners: Set<(state: string) => void>;
  state?: string;
  timer?: NodeJS.Timeout;
}

export class Watch {
  private readonly topics = new Map<string, Topic>();

  /**
   * Tells the state of a topic, now and whenever it changes, until the returned function is called.
   *
   * @param look - reads the state; what cannot be read now is looked at again.
   */
  follow(name: string, look: () => Promise<string>, listener: (state: string) => void): () => void {
    const topic = this.topics.get(name) ?? { listeners: new Set() };
    this.topics.set(name, topic);
    topic.listeners.add(listener);
    if (topic.state !== undefined) listener(topic.state);
    if (topic.timer === undefined) this.look(name, topic, look, 0);
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size > 0) return;
      clearTimeout(topic.timer);
      this.topics.delete(name);
    };
  }

  close(): void {
    for (const topic of this.topics.values()) clearTimeout(topic.timer);
    this.topics.clear();
  }

  private look(name: string, topic: Topic, look: () => Promise<string>, afterMs: number): void {
    topic.timer = setTimeout(() => {
      void look()
        .then((state) => {
          if (state === topic.state) return;
          topic.state = state;
          for (const listener of topic.listeners) listener(state);
        })
        // A server that does not answer now is asked again.
        .catch(() => {})
        .finally(() => {
          if (this.topics.get(name) === topic) this.look(name, topic, look, LOOK_EVERY_MS);
        });
    }, afterMs);
  }
}
