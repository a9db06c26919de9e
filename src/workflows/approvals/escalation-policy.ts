/** Who is asked where a run is stuck: as a policy of the team says, beside what is declared where it got stuck. */
import { defined } from '../../contracts/data/defined.js';
import { findRequirementOn } from '../../contracts/definitions/policy.js';
import type { WaitingPlan } from '../../contracts/definitions/waiting-times.js';
import type { Ask } from './build-request.js';
import type { Run } from '../runtime/run.js';

/** Who is meant, and in what time, where no policy says otherwise. */
interface Declared {
  readonly roles?: readonly string[] | undefined;
  readonly waits?: WaitingPlan | undefined;
}

/** The policy's people decide, or those who are declared where it names nobody; its times count where it has any. */
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
