/** Collects problems, so that their author sees all of them at once. */
import { BatonError } from '../errors.js';

export class Problems {
  private readonly found: BatonError[] = [];
  private readonly locate: (problem: BatonError) => BatonError;

  /** `locate` adds to a problem where it is. */
  constructor(locate: (problem: BatonError) => BatonError = (problem) => problem) {
    this.locate = locate;
  }

  /** Definitions that share a part can have the same problem. */
  add(problem: BatonError): void {
    const located = this.locate(problem);
    if (!this.found.some(({ message }) => message === located.message)) this.found.push(located);
  }

  /** Runs a check and keeps its problem. Throws an error that has no code. */
  collect<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      this.add(error);
      return undefined;
    }
  }

  /**
   * Runs every check, then returns their values.
   *
   * @throws {BatonError} All problems found until now.
   */
  readAll<T extends Readonly<Record<string, () => unknown>>>(
    checks: T,
  ): { [K in keyof T]: ReturnType<T[K]> } {
    const values = Object.entries(checks).map(([name, check]) => [name, this.collect(check)]);
    this.assertNone();
    return Object.fromEntries(values) as { [K in keyof T]: ReturnType<T[K]> };
  }

  /** @throws {BatonError} All problems found until now. */
  assertNone(): void {
    const [first, ...more] = this.found;
    if (first !== undefined) throw more.length === 0 ? first : joinProblems(this.found, first);
  }

  /** The error to throw when loading stops. After other problems, an error without a code is their consequence. */
  joinTo(error: unknown): unknown {
    const [first] = this.found;
    if (first === undefined) return error;
    if (error instanceof BatonError && (error.cause === undefined || error.cause instanceof BatonError))
      this.add(error);
    return this.found.length === 1 ? first : joinProblems(this.found, first);
  }
}

function joinProblems(all: readonly BatonError[], first: BatonError): BatonError {
  const lines = all.map(({ message }) => `- ${message.replaceAll('\n', '\n  ')}`);
  const problems = all.map(({ code, message, facts }) => ({ code, message, facts }));
  return new BatonError(
    first.code,
    `There are ${all.length} problems:\n${lines.join('\n')}`,
    { problems },
    { cause: first },
  );
}
