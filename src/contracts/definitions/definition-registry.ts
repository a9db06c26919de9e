/**
 * How a worker learns of definitions that no team names. `hello.ts` defines its agents as plain constants; while a
 * worker loads such a file it listens, and each builder announces what it made. Nobody listens in the sandbox, so
 * workflow code keeps no state of its own here.
 *
 * Knows nothing of what is announced: the builders import this module, and `definition.ts` imports them.
 */
const KEY = Symbol.for('baton.definition-collector');
type Listener = (definition: unknown) => void;
type Listening = { [KEY]?: Listener | undefined };

export function register(definition: unknown): void {
  (globalThis as Listening)[KEY]?.(definition);
}

/** What an author should know of a definition that works, but perhaps not as it is meant. */
export interface DefinitionWarning {
  readonly kind: 'warning';
  readonly text: string;
}

/** Warns whoever loads the definitions. */
export function registerWarning(text: string): void {
  register({ kind: 'warning', text } satisfies DefinitionWarning);
}

/** Hears all that the builders make while `load` runs; not reentrant. */
export async function collectWhile<T>(listener: Listener, load: () => Promise<T>): Promise<T> {
  const scope = globalThis as Listening;
  scope[KEY] = listener;
  try {
    return await load();
  } finally {
    scope[KEY] = undefined;
  }
}
