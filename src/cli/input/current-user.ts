/** The user at this terminal, according to the operating system. */
import { userInfo } from 'node:os';

/** The default name for decisions by claim, and for a new key. */
export function readCurrentUser(): string {
  return userInfo().username;
}
