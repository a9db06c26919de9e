/**
 * How a worker finds definitions that no team names. `hello.ts` defines its agents as plain constants. While a worker
 * loads such a file, each builder registers its definition here. Nothing listens in the sandbox, so workflow code keeps
 * no state in this module.
 *
 * This module doesn't import the definition types: the builders import it, and `definition.ts` imports the builders.
 */
const KEY = Symbol.for('baton.definition-collector');
type Listener = (definition: unknown) => void;
type Listening = { [KEY]?: Listener | undefined };

export function register(definition: unknown): void {
  (globalThis as Listening)[KEY]?.(definition);
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
