/** The number of steps that a run has used, in words. A graph or a conversation has no budget of steps. */

/** The budget of a run whose only limits are its own settings. */
export const UNBOUNDED_STEPS = Number.MAX_SAFE_INTEGER;

export function formatSteps({ used, budget }: { readonly used: number; readonly budget: number }): string {
  if (budget >= UNBOUNDED_STEPS) return used === 1 ? '1 step' : `${used} steps`;
  return `${used} of ${budget} steps`;
}
