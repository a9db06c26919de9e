/** Reading rights: everything that a person can read on the page. With a registry of approvers, it is what their roles can decide. */
import type { Story } from '../../schemas/documents/story.js';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import type { Requirement } from '../../contracts/requests/request-parts.js';
import type { Inbox } from '../../schemas/documents/inbox.js';
import { BatonError } from '../../contracts/errors.js';

/** How the page learns who the approvers are. */
export interface ReaderSettings {
  /** Returns the current registry. */
  readonly registry: () => ApproverRegistry;
  /** Roles that can read everything, even requests that they cannot decide. */
  readonly readers?: readonly string[];
}

/** The person in `by` of such an event took part in a decision. */
const SAID: ReadonlySet<string> = new Set(['decided', 'voted', 'edited', 'claimed', 'asked-back']);

/** The parts of a request that determine its approvers. */
interface Asked {
  readonly needs?: Requirement | undefined;
}

export class ReadingRights {
  private readonly settings: ReaderSettings | undefined;

  /** @param settings - without them, everyone who is signed in reads everything, because the approvers are unknown. */
  constructor(settings?: ReaderSettings) {
    this.settings = settings;
  }

  /** @throws {BatonError} `READING_REFUSED` for a person who is not in the registry. */
  assertKnown(subject: string): void {
    if (this.settings === undefined || this.rolesOf(subject) !== undefined) return;
    throw new BatonError(
      'READING_REFUSED',
      `${subject} is not in the registry of approvers: nothing is shown. The owner of approvers.json can add you.`,
      { subject },
    );
  }

  /** Names a set of reading rights: people with the same name can read the same. */
  nameOf(subject: string): string {
    return this.settings === undefined ? '' : JSON.stringify(this.rolesOf(subject)?.toSorted() ?? null);
  }

  /** Whether the person's rights are known without reading a run. */
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
   * Allows a run to people who can read one of its pending requests, and to those who took part in one of its
   * decisions.
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

  /**
   * The part of an inbox that a person can read. It leaves out runs whose requests, and so their approvers,
   * are unknown.
   */
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
