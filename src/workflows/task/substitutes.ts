/** Who could do somebody's task in their place: team members that take the same input and give the same output. */
import type { AnyParty } from '../../contracts/definitions/participant.js';
import { sameShape } from '../../contracts/definitions/same-shape.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';

export function standIns(team: TeamDefinition | undefined, party: AnyParty): AnyParty[] {
  const others = (team?.agents ?? []).filter(({ name }) => name !== party.name);
  return others.filter((other) => sameShape(other, party));
}
