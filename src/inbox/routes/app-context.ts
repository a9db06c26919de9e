/** The context that all routes of the page share. */
import { defined } from '../../contracts/data/defined.js';
import type { Client } from '@temporalio/client';
import type { Context } from 'hono';
import type { RunRef } from '../../client/runs/runs.js';
import type { PastDecisions } from '../reading/past-decisions.js';
import type { SignInLinks } from '../access/links.js';
import type { ReadingRights } from '../access/reading-rights.js';
import type { Watch } from '../reading/watch.js';
import type { ReadIdToken } from '../access/oidc.js';
import type { RunPrompts } from '../../schemas/documents/prompts.js';
import type { Frame } from '../pages/layout.js';
import type { Signer } from '../../client/deciding/deciding-session.js';
import type { Sessions, Visitor } from '../access/sessions.js';
import type { Site } from '../access/site.js';

/** The model calls of a run; with a step, or the number of a call, also its texts. */
export type ReadPrompts = (workflowId: string, step: string | undefined) => Promise<RunPrompts>;

export interface AppContext {
  readonly client: Client;
  readonly site: Site;
  readonly links: SignInLinks;
  readonly sessions: Sessions;
  readonly rights: ReadingRights;
  readonly watch: Watch;
  readonly decided: PastDecisions;
  /** Present if sign-in with an issuer's tokens is enabled. */
  readonly readIdToken?: ReadIdToken;
  /** The key that signs decisions, if there is one. */
  readonly key?: Signer['key'];
  /** The run's page in the Temporal Web UI, if known. */
  readonly webUi: (run: RunRef) => string | undefined;
  /** Reads what the models of a run were sent, where the page has the store. */
  readonly prompts?: ReadPrompts;
  /** How to type `baton` where the page runs. */
  readonly command: string;
  /** Logs unexpected failures. */
  readonly log: (line: string) => void;
}

/** The variables of a request after sign-in. */
export interface Known {
  readonly Variables: { visitor: Visitor };
}

/** The frame of every page. */
export function toFrame({ sessions, key }: AppContext, context: Context<Known>): Omit<Frame, 'title'> {
  const visitor = context.get('visitor');
  // A background refresh must not consume a message that is shown only once.
  const quiet = context.req.header('baton-renews') !== undefined;
  const notice = quiet ? undefined : sessions.take(visitor);
  return { visitor, signs: key !== undefined, ...defined({ notice }) };
}
