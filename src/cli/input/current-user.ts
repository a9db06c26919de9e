/** Who is at this terminal, as the operating system says. */
import { userInfo } from 'node:os';

/** Whom a decision is claimed by, and whose key is made, when nobody is named. */
export function readCurrentUser(): string {
  return userInfo().username;
}
