/**
 * One-time links by which a person signs in. A process that can write this folder makes them. Each is
 * short-lived and works once. One file stands for one link, named by the hash of its token, so reading the
 * folder lets nobody in.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LIFE_MS = 10 * 60_000;

const StoredLink = z.object({ subject: z.string().min(1), expires: z.number() });

export class SignInLinks {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Issues a new token for this person. Other processes can issue tokens too, because the page reads the same
   * folder.
   */
  issue(subject: string, now = Date.now()): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.sweep(now);
    const token = randomBytes(32).toString('base64url');
    const link = { subject, expires: now + LIFE_MS };
    writeFileSync(this.fileOf(token), JSON.stringify(link), { mode: 0o600, flag: 'wx' });
    return token;
  }

  /** The person of this token, if it was not used and has not expired. */
  subjectOf(token: string, now = Date.now()): string | undefined {
    return findValid(this.fileOf(token), now);
  }

  /** Uses the token and returns its person. If several requests use it at once, only one succeeds. */
  spend(token: string, now = Date.now()): string | undefined {
    const spent = `${this.fileOf(token)}.${randomBytes(6).toString('hex')}.spent`;
    try {
      renameSync(this.fileOf(token), spent);
    } catch {
      return undefined;
    }
    const subject = findValid(spent, now);
    rmSync(spent, { force: true });
    return subject;
  }

  private fileOf(token: string): string {
    return join(this.folder, `${createHash('sha256').update(token).digest('hex')}.json`);
  }

  private sweep(now: number): void {
    for (const name of readdirSync(this.folder)) {
      const file = join(this.folder, name);
      if (findValid(file, now) === undefined) rmSync(file, { force: true });
    }
  }
}

function findValid(file: string, now: number): string | undefined {
  try {
    const link = StoredLink.parse(JSON.parse(readFileSync(file, 'utf8')));
    return link.expires > now ? link.subject : undefined;
  } catch {
    return undefined;
  }
}
