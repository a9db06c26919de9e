/** The actions of a run that people may be asked about: which are under way, what was carried out, and what was refused. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { OpenVerbs } from './open-verbs.js';
import { isBelow } from '../../contracts/data/step-path.js';

export class Effects {
  /** What the orchestration's code has begun, and perhaps not awaited. */
  readonly verbs = new OpenVerbs();
  /** What people have said no to, by the name of the call. */
  readonly refusals = new Map<string, Pick<DecisionTicket, 'by' | 'option' | 'reason' | 'request'>>();
  private begun = 0;
  private readonly done: { readonly path: string; readonly text: string }[] = [];

  /** Carries one out: whatever happens to the run around it, it counts as under way until it is over. */
  async during<T>(body: () => Promise<T>): Promise<T> {
    this.begun += 1;
    try {
      return await body();
    } finally {
      this.begun -= 1;
    }
  }

  /** How many have begun and are not over. */
  get underWay(): number {
    return this.begun;
  }

  /** Something was carried out that cannot be undone, or may have been. */
  note(path: string, text: string): void {
    this.done.push({ path, text });
  }

  /** What was carried out below a path, in words. */
  below(path: string): string[] {
    return this.done.filter((each) => isBelow(each.path, path)).map(({ text }) => text);
  }
}
