/** Who is signed in. Sessions live in this process: after a restart everybody signs in again. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 12 * 3_600_000;

/** A person at the page. */
export interface Visitor {
  readonly subject: string;
  /** What every form of theirs must bring back. */
  readonly csrf: string;
  /** Present for who signed in with a cookie, rather than with a token in each request. */
  readonly session?: string;
}

/** What a person is told on the next page, once. */
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

  /** The cookie's value for a person who has just signed in. */
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

  /** Somebody whose every request brings a proof of its own. */
  bearer(subject: string): Visitor {
    return { subject, csrf: this.csrf(`bearer ${subject}`) };
  }

  /** Told with the next page; who brings a token in each request is told nothing. */
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

/** Whether two secrets are the same, in a time that does not tell how far they agree. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

function hashId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
