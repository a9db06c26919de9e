/** How the agents of a scenario are called, and what they are handed. */
import { z } from 'zod';

/** The receiver gets only the sender's summary and this: the scenario that it is in. */
export const Case = z.object({ case: z.string() });

/** Which place in its chain an agent has. */
export function placeOf(agentName: string): number {
  return Number(/^agent-(\d+)-of-/.exec(agentName)?.[1]);
}

export function agentAt(window: number, place: number): string {
  return `agent-${place}-of-${window}`;
}
