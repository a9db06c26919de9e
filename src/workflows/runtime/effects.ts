/** The irreversible actions of a run: which are under way, and what has been carried out. */
import { isBelow } from '../../contracts/data/step-path.js';

export class Effects {
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
