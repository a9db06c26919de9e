/**
 * Whether an allow-list is set. Agents are data that workers and the sandbox both load; there, where no environment
 * is, the answer makes no difference: the worker that asks the model decides which tools it is shown.
 */
const { process } = globalThis as {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
};

export const fetchIsAllowed: boolean = (process?.env?.['BATON_FETCH_ALLOW'] ?? '').trim() !== '';
