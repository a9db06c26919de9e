/**
 * Why control moved (spec T). `error-recovery` comes from the recovery policy only, `privilege` from a contract that
 * grants permissions.
 */
export type Trigger =
  'specialization' | 'parallelization' | 'error-recovery' | 'privilege' | 'domain-completion';
