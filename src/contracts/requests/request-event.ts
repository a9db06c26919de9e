/** What becomes of a request that waits for people, as a run's timeline tells it. */
import type { DecisionTicket } from './approval.js';
import type { AskedBack } from './ask-back.js';

/** Without when, and where in the run. */
export type RequestEvent =
  | {
      readonly kind: 'asked';
      readonly request: string;
      readonly question: string;
      readonly askedBy: string;
      /** How sure it is that the action is right, where a policy looks at it and the agent has said. */
      readonly confidence?: number;
      readonly deadline?: string;
    }
  /** Somebody has said yes, and it takes more than one. */
  | ({ readonly kind: 'voted' } & DecisionTicket)
  | ({ readonly kind: 'decided' } & DecisionTicket)
  /** The action of a request was changed; the request still waits. */
  | {
      readonly kind: 'edited';
      readonly request: string;
      readonly revision: number;
      readonly digest?: string;
      readonly by: string;
      readonly via: 'update' | 'signal';
      readonly reason?: string;
    }
  /** Somebody asks before deciding; told again when there is an answer, or none to be had. */
  | ({ readonly kind: 'asked-back'; readonly request: string } & AskedBack)
  | { readonly kind: 'expired'; readonly request: string }
  /** Somebody looks into it, or gives it back; others may decide all the same. */
  | ({ readonly kind: 'claimed' } & DecisionTicket)
  /** Nobody has decided, and those who may are told again. */
  | { readonly kind: 'reminded'; readonly request: string }
  /** Nobody has decided: these may from now on too. */
  | { readonly kind: 'escalated'; readonly request: string; readonly roles: readonly string[] };
