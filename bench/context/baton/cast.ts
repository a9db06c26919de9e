/** How the agents of a scenario are called, and what they are handed. */
import { z } from 'zod';

/** All that a receiver is handed beside what its sender says: which scenario it is in. */
export const Case = z.object({ case: z.string() });

/** Which place in its chain an agent has. */
export function placeOf(agentName: string): number {
  return Number(/^agent-(\d+)-of-/.exec(agentName)?.[1]);
}

export function agentAt(window: number, place: number): string {
  return `agent-${place}-of-${window}`;
}
