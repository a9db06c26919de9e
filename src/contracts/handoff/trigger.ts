/**
 * Why control moved (spec T). `error-recovery` comes from the recovery policy only, `privilege` from a contract that
 * grants permissions.
 */
export type Trigger =
  'specialization' | 'parallelization' | 'error-recovery' | 'privilege' | 'domain-completion';

const DECLARABLE: readonly string[] = ['specialization', 'domain-completion'] satisfies Trigger[];

/** Whether it is for a team, or its code, to say; the other triggers are what the runtime sees happen. */
export function isDeclarable(trigger: string): boolean {
  return DECLARABLE.includes(trigger);
}
