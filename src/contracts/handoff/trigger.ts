/** Which reasons to move control a team, or its code, may declare. */
import type { Trigger } from './envelope.js';

const DECLARABLE: readonly string[] = ['specialization', 'domain-completion'] satisfies Trigger[];

/** Whether it is for a team, or its code, to say; the other triggers are what the runtime sees happen. */
export function isDeclarable(trigger: string): boolean {
  return DECLARABLE.includes(trigger);
}
