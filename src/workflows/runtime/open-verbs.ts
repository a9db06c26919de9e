/** Tracks the verbs that have started and not ended, so that an error can name what a forgotten `await` leaves open. */
import { condition } from '@temporalio/workflow';
import { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';

export class OpenVerbs {
  private readonly open = new Set<{ readonly name: string }>();

  /**
   * Returns the verb's promise. If code reads it as text or JSON before awaiting it, it throws instead of returning
   * "[object Promise]".
   */
  track<T>(verb: string, first: unknown, begin: () => Promise<T>): Promise<T> {
    const entry = { name: `${verb}(${describeFirst(first)})` };
    this.open.add(entry);
    // The error is rethrown: a failure that no code awaits must not count as handled.
    const running = begin().then(
      (value) => {
        this.open.delete(entry);
        return value;
      },
      (error: unknown) => {
        this.open.delete(entry);
        throw error;
      },
    );
    const refuse = (): never => {
      throw createNotAwaitedError(`${entry.name} was read before its result was there`, [entry.name]);
    };
    return Object.defineProperties(running, {
      [Symbol.toPrimitive]: { value: refuse },
      toJSON: { value: refuse },
    });
  }

  /**
   * Called when a run ends or continues in a new execution.
   *
   * @throws {BatonError} `NOT_AWAITED`, naming what is open, once the irreversible actions have their outcome.
   */
  async assertNone(effects: { readonly underWay: number }): Promise<void> {
    if (this.open.size === 0) return;
    const names = [...this.open].map(({ name }) => name);
    await condition(() => effects.underWay === 0);
    throw createNotAwaitedError(`The orchestration ended, and did not wait for ${names.join(', ')}`, names);
  }
}

/** The name of a tool or agent, or the question to a person. */
function describeFirst(first: unknown): string {
  if (Array.isArray(first)) return `${first.length} branches`;
  if (typeof first !== 'object' || first === null) return '';
  const { name, question } = first as { readonly name?: unknown; readonly question?: unknown };
  if (typeof name === 'string') return clip(name, 80);
  return typeof question === 'string' ? JSON.stringify(clip(question, 80)) : '';
}

function createNotAwaitedError(what: string, verbs: readonly string[]): BatonError {
  return new BatonError('NOT_AWAITED', `${what}. Write \`await\` before each verb, or return it.`, { verbs });
}
