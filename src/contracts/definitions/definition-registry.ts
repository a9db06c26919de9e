/**
 * How a worker finds definitions that no team names. `hello.ts` defines its agents as plain constants. While a worker
 * loads such a file, each builder registers its definition here. Nothing listens in the sandbox, so workflow code keeps
 * no state in this module.
 *
 * This module doesn't import the definition types: the builders import it, and `definition.ts` imports the builders.
 */
import { BatonError } from '../errors.js';

const KEY = Symbol.for('baton.definition-collector');
type Listener = (definition: unknown) => void;
type Listening = { [KEY]?: Listener | undefined };

export function register(definition: unknown): void {
  (globalThis as Listening)[KEY]?.(definition);
}

/** The problem of a definition. Loading continues, so that its author sees the other problems too. */
export interface DefinitionProblem {
  readonly kind: 'problem';
  readonly error: BatonError;
}

/**
 * Runs checks of a definition. While a file is loaded, each problem is registered, and the next check runs.
 *
 * @throws {BatonError} The first problem, when no file is being loaded.
 */
export function check(...assertions: readonly (() => unknown)[]): void {
  const isHeard = (globalThis as Listening)[KEY] !== undefined;
  for (const assert of assertions) {
    try {
      assert();
    } catch (error) {
      if (!isHeard || !(error instanceof BatonError)) throw error;
      register({ kind: 'problem', error } satisfies DefinitionProblem);
    }
  }
}

/** A definition that works, but perhaps not as its author intended. */
export interface DefinitionWarning {
  readonly kind: 'warning';
  readonly text: string;
}

/** Warns the process that loads the definitions. */
export function registerWarning(text: string): void {
  register({ kind: 'warning', text } satisfies DefinitionWarning);
}

/** Collects everything that the builders define while `load` runs; not reentrant. */
export async function collectWhile<T>(listener: Listener, load: () => Promise<T>): Promise<T> {
  const scope = globalThis as Listening;
  scope[KEY] = listener;
  try {
    return await load();
  } finally {
    scope[KEY] = undefined;
  }
}
