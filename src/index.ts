/**
 * The front door `@batonhq/baton`: definitions of agents, tools, contracts, memories and teams. Pure data, safe in the
 * workflow sandbox. The other doors: `/workflow` (orchestrations), `/worker`, `/client`, `/testing`.
 */
export {
  agent,
  type AgentDefinition,
  type AgentRecovery,
  type InputOf,
  type OutputOf,
  type RecoveryAgent,
  type RecoveryPerson,
} from './contracts/agent.js';
export type { Budget } from './contracts/budget.js';
export { FailedAttempt, FailureReport, RecoveryDecision } from './contracts/failure-report.js';
export type { TeamRecovery } from './contracts/recovery.js';
export { contract, type ContractDefinition } from './contracts/contract.js';
export { approvalPolicy, type ApprovalPolicy } from './contracts/policy.js';
export {
  compliance,
  irreversible,
  lowConfidence,
  recoveryExhausted,
  unansweredClarification,
  type ActionFacts,
  type PolicyCondition,
} from './contracts/policy-condition.js';
export type { Requirement } from './contracts/proof/requirement.js';
export type { DecisionTimes, Escalation, WaitingTimes } from './contracts/waiting-times.js';
export { human, type HumanDefinition } from './contracts/human.js';
export type { Party } from './contracts/party.js';
export {
  memory,
  type MemoryDefinition,
  type MemoryList,
  type Recalled,
  type Remembered,
  type RememberResult,
} from './contracts/memory.js';
export type { MemoryReference } from './contracts/memory-reference.js';
export { handoffCall, type HandoffSaid } from './contracts/handoff-call.js';
export type {
  ContextManifest,
  ContextPolicy,
  Envelope,
  SenderSummary,
  TaskDescription,
} from './contracts/envelope.js';
export { classifier, firstOf, rules, similarity } from './contracts/routers.js';
export type { ClassifierTask, Router, RouteState, Rule } from './contracts/router.js';
export { team, type TeamDefinition } from './contracts/team.js';
export { tool, type ToolDefinition, type ToolEffect, type ToolRisk } from './contracts/tool.js';
export { BatonError, ERRORS, type ErrorCode } from './contracts/errors.js';
export { canonicalJson, digest } from './contracts/canonical-json.js';
export type { Json, JsonInput } from './contracts/json.js';
export type { ApprovalRequest, Decision, DecisionTicket } from './contracts/approval.js';
export type { Cost } from './contracts/price.js';
export type { Notice, NoticeEvent } from './contracts/notice.js';
export { verifyWebhook, type ReceivedWebhook } from './contracts/webhook-signature.js';
export type { WebhookBody } from './contracts/webhook-body.js';
export type { RunView, TimelineEvent } from './contracts/timeline.js';
export {
  PlanningTask,
  Subtask,
  WorkPlan,
  type FailedSubtask,
  type PlanView,
  type SynthesisTask,
  type WorkerTask,
} from './contracts/plan.js';
