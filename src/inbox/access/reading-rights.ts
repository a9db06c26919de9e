/** What a person may read at the page: where there is a registry of approvers, what their roles may decide. */
import type { Story } from '../../schemas/documents/story.js';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import type { Requirement } from '../../contracts/requests/request-parts.js';
import type { Inbox } from '../../schemas/documents/inbox.js';
import { BatonError } from '../../contracts/errors.js';

/** Where a page knows who may decide. */
export interface ReaderSettings {
  /** The registry as it is now. */
  readonly registry: () => ApproverRegistry;
  /** Roles that read everything, whoever decides. */
  readonly readers?: readonly string[];
}

/** By whom these were is somebody who had a say. */
const SAID: ReadonlySet<string> = new Set(['decided', 'voted', 'edited', 'claimed', 'asked-back']);

/** What of a request says who may decide on it. */
interface Asked {
  readonly needs?: Requirement | undefined;
}

export class ReadingRights {
  private readonly settings: ReaderSettings | undefined;

  /** @param settings - without, whoever is signed in reads everything: nobody knows who decides. */
  constructor(settings?: ReaderSettings) {
    this.settings = settings;
  }

  /** @throws {BatonError} `READING_REFUSED` for who is in no registry. */
  assertKnown(subject: string): void {
    if (this.settings === undefined || this.rolesOf(subject) !== undefined) return;
    throw new BatonError(
      'READING_REFUSED',
      `${subject} is not in the registry of approvers: nothing is shown. Whoever keeps approvers.json can add you.`,
      { subject },
    );
  }

  /** Names what somebody may read: who has the same name may read the same. */
  nameOf(subject: string): string {
    return this.settings === undefined ? '' : JSON.stringify(this.rolesOf(subject)?.toSorted() ?? null);
  }

  /** Whether nothing has to be read to know what somebody may read. */
  readsEverything(subject: string): boolean {
    return this.settings === undefined || this.readsAll(subject);
  }

  /** @throws {BatonError} `READING_REFUSED` */
  assertRequest(subject: string, request: Asked): void {
    if (this.mayRead(subject, request)) return;
    const roles = request.needs?.roles.join(' or ');
    throw new BatonError('READING_REFUSED', `This request is for ${roles}, and ${subject} is not.`, {
      subject,
    });
  }

  /**
   * A run is read by who may read something that it waits for, and by who has decided in it.
   *
   * @throws {BatonError} `READING_REFUSED`
   */
  assertRun(subject: string, { timeline, pending }: Pick<Story, 'timeline' | 'pending'>): void {
    if (this.readsEverything(subject)) return;
    if (pending.some((request) => this.mayRead(subject, request))) return;
    if (timeline.some((event) => SAID.has(event.kind) && 'by' in event && event.by === subject)) return;
    throw new BatonError(
      'READING_REFUSED',
      `Nothing in this run waits for ${subject}, and ${subject} has decided nothing in it.`,
      { subject },
    );
  }

  /** What of an inbox somebody may read. What nobody can name is for nobody in particular. */
  select(subject: string, inbox: Inbox): Inbox {
    if (this.readsEverything(subject)) return inbox;
    const requests = inbox.requests.filter((request) => this.mayRead(subject, request));
    const own = new Set(requests.map(({ workflowId }) => workflowId));
    const stuck = inbox.stuck.filter(({ workflowId }) => own.has(workflowId));
    return { requests, unnamed: [], unreadable: [], stuck };
  }

  private mayRead(subject: string, { needs }: Asked): boolean {
    if (this.settings === undefined) return true;
    const roles = this.rolesOf(subject);
    if (roles === undefined) return false;
    const wanted = needs?.roles ?? [];
    return this.readsAll(subject) || wanted.length === 0 || wanted.some((role) => roles.includes(role));
  }

  private readsAll(subject: string): boolean {
    const roles = this.rolesOf(subject) ?? [];
    return this.settings?.readers?.some((role) => roles.includes(role)) ?? false;
  }

  private rolesOf(subject: string): readonly string[] | undefined {
    return this.settings?.registry().approvers.find((each) => each.subject === subject)?.roles;
  }
}
