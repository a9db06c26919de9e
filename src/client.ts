/**
 * The entry point `@batonhq/baton/client`: start runs, find them, decide. It needs a Temporal connection and none of a
 * team's code.
 */
export type { Forked, RunListing } from './schemas/documents/runs.js';
export type { Due, GraphStates, GraphStep } from './contracts/wire/graph-states.js';
export type { DecisionClaims, RequesterClaims, SignedDecision } from './contracts/proof/claims.js';
export type { Said, TalkTicket, TalkTurn, TalkView } from './contracts/wire/conversation.js';
export { connect, resolveTarget, type ResolvedTarget, type Target } from './client/connect.js';
export { cancelRun, type Cancellation } from './client/runs/cancel-run.js';
export { decide, queueDecision } from './client/requests/decide.js';
export { observe, pendingRequests, type Observation } from './client/runs/observe.js';
export { forkGraph, graphStates, type ForkOptions } from './client/graphs/graph-states.js';
export { hasWorker, pollsQueue } from './client/runs/pollers.js';
export { listRuns, type ListFilter } from './client/runs/list-runs.js';
export { resultOf, startRun, type RunRef, type StartOptions } from './client/runs/runs.js';
export { signDecision } from './contracts/proof/signed-decision.js';
export { signRequester, type AskedRun } from './contracts/proof/requester.js';
export { privateKey, thumbprint, type PrivateKey } from './contracts/proof/jws.js';
export type { Approver, ApproverKey, ApproverRegistry, Gateway } from './contracts/proof/approver.js';
export { answerTo, endTalk, say, talkOf, type SayOptions } from './client/conversations/conversation.js';
