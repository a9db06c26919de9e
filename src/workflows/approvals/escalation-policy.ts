/**
 * Finds the people to ask when a task cannot continue: those of the team's escalation policy, or those that the task
 * declares.
 */
import { defined } from '../../contracts/data/defined.js';
import { findRequirementOn } from '../../contracts/definitions/policy.js';
import type { WaitingPlan } from '../../contracts/definitions/waiting-times.js';
import type { Ask } from './build-request.js';
import type { Run } from '../runtime/run.js';

/** The declared people and times, which apply when no policy overrides them. */
interface Declared {
  readonly roles?: readonly string[] | undefined;
  readonly waits?: WaitingPlan | undefined;
}

/** The policy's people decide, or the declared ones if it names none. The policy's times apply if it has any. */
export function findEscalationPolicy(
  { team }: Pick<Run, 'team'>,
  reason: 'recovery-exhausted' | 'clarification',
  declared: Declared = {},
): Pick<Ask, 'reason' | 'needs' | 'askedOf' | 'waits'> {
  const policy = findRequirementOn(team?.approvals ?? [], reason);
  const named = policy?.needs.roles ?? [];
  const roles = named.length > 0 ? named : declared.roles;
  const waits = policy?.waits ?? declared.waits;
  return {
    reason,
    ...(policy === undefined ? {} : { needs: { ...policy.needs, roles: roles ?? [] } }),
    ...(roles === undefined ? {} : { askedOf: { roles } }),
    ...defined({ waits }),
  };
}
