/** How many steps of a run are used, in words: a graph or a conversation has no budget of them to name. */

/** The budget of a run that goes on for as long as its own limits let it. */
export const UNBOUNDED_STEPS = Number.MAX_SAFE_INTEGER;

export function formatSteps({ used, budget }: { readonly used: number; readonly budget: number }): string {
  if (budget >= UNBOUNDED_STEPS) return used === 1 ? '1 step' : `${used} steps`;
  return `${used} of ${budget} steps`;
}
