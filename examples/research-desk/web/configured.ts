/**
 * Whether an allow-list is set. Agents are data that workers and the sandbox both load. The sandbox has no
 * environment, but there the answer makes no difference: the worker that calls the model decides which tools
 * the model sees.
 */
const { process } = globalThis as {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
};

export const fetchIsAllowed: boolean = (process?.env?.['BATON_FETCH_ALLOW'] ?? '').trim() !== '';
