/** Who could do somebody's task in their place: team members that take the same input and give the same output. */
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { hasSameShape } from '../../contracts/definitions/same-shape.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';

export function findSubstitutes(team: TeamDefinition | undefined, party: AnyParticipant): AnyParticipant[] {
  const others = (team?.agents ?? []).filter(({ name }) => name !== party.name);
  return others.filter((other) => hasSameShape(other, party));
}
