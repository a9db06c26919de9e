/** The sign-in sessions. They live in this process, so after a restart everyone signs in again. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 12 * 3_600_000;

/** A person who uses the page. */
export interface Visitor {
  readonly subject: string;
  /** The token that every form of this person must send back. */
  readonly csrf: string;
  /** Present after sign-in with a cookie; absent when each request brings a token. */
  readonly session?: string;
}

/** A message that the next page shows once. */
export interface Notice {
  readonly tone: 'good' | 'wait' | 'bad';
  readonly text: string;
}

interface Session {
  readonly subject: string;
  readonly expires: number;
  notice?: Notice;
}

export class Sessions {
  private readonly secret = randomBytes(32);
  private readonly sessions = new Map<string, Session>();

  /** Starts a session and returns the cookie's value. */
  begin(subject: string, now = Date.now()): string {
    for (const [key, { expires }] of this.sessions) if (expires <= now) this.sessions.delete(key);
    const id = randomBytes(32).toString('base64url');
    this.sessions.set(hashId(id), { subject, expires: now + LIFE_MS });
    return id;
  }

  end(id: string): void {
    this.sessions.delete(hashId(id));
  }

  visitor(id: string, now = Date.now()): Visitor | undefined {
    const found = this.sessions.get(hashId(id));
    if (found === undefined || found.expires <= now) return undefined;
    return { subject: found.subject, csrf: this.csrf(`session ${id}`), session: id };
  }

  /** A visitor who proves their identity with every request. */
  bearer(subject: string): Visitor {
    return { subject, csrf: this.csrf(`bearer ${subject}`) };
  }

  /** Leaves a message for the next page. A visitor without a session gets no message. */
  leave({ session }: Visitor, notice: Notice): void {
    const found = session === undefined ? undefined : this.sessions.get(hashId(session));
    if (found) found.notice = notice;
  }

  take({ session }: Visitor): Notice | undefined {
    const found = session === undefined ? undefined : this.sessions.get(hashId(session));
    const notice = found?.notice;
    if (found) delete found.notice;
    return notice;
  }

  private csrf(of: string): string {
    return createHmac('sha256', this.secret).update(of).digest('base64url');
  }
}

/** Compares two secrets in constant time, so that the duration does not reveal how much matches. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

function hashId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
