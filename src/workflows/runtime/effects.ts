/** The actions of a run that may need approval: active, completed, and refused. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { OpenVerbs } from './open-verbs.js';
import { isBelow } from '../../contracts/data/step-path.js';

export class Effects {
  /** The verbs that the orchestration's code has started, and perhaps not awaited. */
  readonly verbs = new OpenVerbs();
  /** People's rejections, by the name of the call. */
  readonly refusals = new Map<string, Pick<DecisionTicket, 'by' | 'option' | 'reason' | 'request'>>();
  private begun = 0;
  private readonly done: { readonly path: string; readonly text: string }[] = [];

  /** Carries out an action: it counts as active until it ends, regardless of what happens to the run. */
  async during<T>(body: () => Promise<T>): Promise<T> {
    this.begun += 1;
    try {
      return await body();
    } finally {
      this.begun -= 1;
    }
  }

  /** How many actions are active. */
  get underWay(): number {
    return this.begun;
  }

  /** Records an irreversible action that happened, or may have happened. */
  note(path: string, text: string): void {
    this.done.push({ path, text });
  }

  /** The recorded actions below a path, in words. */
  below(path: string): string[] {
    return this.done.filter((each) => isBelow(each.path, path)).map(({ text }) => text);
  }
}
