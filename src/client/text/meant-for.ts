/** Who asks and who is meant, in words. */
import type { AskedOf } from '../../contracts/requests/request-parts.js';

/** E.g. `manager (finance)`. */
export function describeMeant({ name, roles }: AskedOf): string {
  return name === undefined ? roles.join(', ') : `${name} (${roles.join(', ')})`;
}

/** For a list: who asks, and whom. */
export function describeAsker(request: { readonly askedBy: string; readonly askedOf?: AskedOf }): string {
  const { askedOf } = request;
  if (askedOf === undefined) return request.askedBy;
  return `${request.askedBy} → ${askedOf.name ?? askedOf.roles.join(', ')}`;
}
