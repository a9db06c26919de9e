/**
 * The main entry point `@batonhq/baton`: definitions of agents, tools, contracts, memories and teams. Pure data, safe
 * in the workflow sandbox. Other entry points: `/workflow` (orchestrations), `/worker`, `/client`, `/testing`.
 */
export {
  agent,
  type AgentDefinition,
  type AgentRecovery,
  type InputOf,
  type OutputOf,
  type RecoveryAgent,
  type RecoveryPerson,
} from './contracts/definitions/agent.js';
export type { DecisionTicket } from './contracts/requests/decision-ticket.js';
export type { Requirement } from './contracts/requests/request-parts.js';
export type {
  ContextPolicy,
  Envelope,
  MemoryReference,
  SenderSummary,
  TaskDescription,
} from './contracts/handoff/envelope.js';
export type { ContextManifest } from './contracts/handoff/context-manifest.js';
export type { Decision } from './contracts/requests/decision.js';
export type { Cost } from './contracts/definitions/cost.js';
export type { RunView } from './contracts/wire/run-view.js';
export type { PlanView } from './contracts/handoff/plan-view.js';
export type { Budget } from './contracts/handoff/budget.js';
export { FailedAttempt, FailureReport, RecoveryDecision } from './contracts/handoff/failure-report.js';
export type { TeamRecovery } from './contracts/definitions/recovery.js';
export { contract, type ContractDefinition } from './contracts/definitions/contract.js';
export { approvalPolicy, type ApprovalPolicy } from './contracts/definitions/policy.js';
export {
  compliance,
  irreversible,
  lowConfidence,
  recoveryExhausted,
  unansweredClarification,
  type ActionFacts,
  type PolicyCondition,
} from './contracts/definitions/policy-condition.js';
export type { DecisionTimes, Escalation, WaitingTimes } from './contracts/definitions/waiting-times.js';
export { human, type HumanDefinition } from './contracts/definitions/human.js';
export type { Participant } from './contracts/definitions/participant.js';
export {
  memory,
  type MemoryDefinition,
  type MemoryList,
  type Recalled,
  type Remembered,
  type RememberResult,
} from './contracts/definitions/memory.js';
export { handoffCall, type HandoffSaid } from './contracts/handoff/handoff-call.js';
export { classifier, firstOf, rules, similarity } from './contracts/definitions/routers.js';
export type { ClassifierTask, Router, RouteState, Rule } from './contracts/definitions/router.js';
export { team, type TeamDefinition } from './contracts/definitions/team.js';
export { tool, type ToolDefinition, type ToolEffect, type ToolRisk } from './contracts/definitions/tool.js';
export { BatonError, ERRORS, type ErrorCode } from './contracts/errors.js';
export { canonicalJson, digest } from './contracts/data/canonical-json.js';
export type { Json, JsonInput } from './contracts/data/json.js';
export type { ApprovalRequest } from './contracts/requests/approval.js';
export type { Notice, NoticeEvent } from './contracts/requests/notice.js';
export { verifyWebhook, type ReceivedWebhook } from './contracts/requests/webhook-signature.js';
export type { WebhookBody } from './contracts/requests/webhook-body.js';
export type { TimelineEvent } from './contracts/wire/timeline.js';
export {
  PlanningTask,
  Subtask,
  WorkPlan,
  type FailedSubtask,
  type SynthesisTask,
  type WorkerTask,
} from './contracts/handoff/plan.js';
