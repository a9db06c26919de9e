/** How an event is told: about whom, and in which words. */
export interface EventText {
  /** Who it is about. */
  readonly who: string;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'wait';
}
