/** The entry point `@batonhq/baton/workflow`: what orchestration code imports. Safe in the workflow sandbox. */
export { orchestration } from './orchestration/orchestration.js';
export type { LoopStart, Orchestration, OrchestrationOptions } from './orchestration/definition.js';
export { loop, type LoopOptions } from './orchestration/continue-as-new-loop.js';
export type { Loop } from './orchestration/loop.js';
export { isSubflow, runSubflow } from './orchestration/subflow.js';
export type { Moved, Verbs } from './orchestration/verbs.js';
export type { HandoffOptions } from './handoff/verbs.js';
export type {
  Answered,
  ApprovalQuestion,
  Approved,
  OpenQuestion,
  RedirectableQuestion,
  Redirected,
  Rejected,
} from './approvals/approval.js';
export type { Performed } from './tools/perform.js';
export type { Fallback, Kept, Routed, RouteQuestion, RouteResult, RouteWhy } from './handoff/route.js';
export type { Branch, Collected } from './runtime/parallel.js';
export {
  runPlan,
  orchestratorWorker,
  planAndWork,
  type OrchestratorWorker,
  type PlannerAndWorkers,
  type PlanOutcome,
} from './shapes/orchestrator-worker/orchestrator-worker.js';
export { crewAgent, type CrewAgent } from '../contracts/crew/agent.js';
export { crewTask, type CrewTask, type HumanReview } from '../contracts/crew/task.js';
export type { CrewSpec } from '../contracts/crew/spec.js';
export type { CrewOutput, TaskOutput } from '../contracts/crew/outcome.js';
export { crew, type CrewInputs, type CrewOptions, type CrewValue } from './shapes/crew/crew.js';
export { crewFromSpec, type CrewTools } from './shapes/crew/from-spec.js';
export { kickoffForEach } from './shapes/crew/kickoff-for-each.js';
export { swarm, type SwarmInput, type SwarmOptions, type SwarmOutcome } from './shapes/swarm/swarm.js';
export { graph, type GraphInput, type GraphOptions, type StateSchema } from './shapes/graph/graph.js';
export { END, type Edge, type EdgeMaker, type End } from './shapes/graph/edges.js';
export { node, type GraphNode, type NodeVerbs, type Work } from './shapes/graph/node.js';
export { append, type Reducer, type Reducers } from './shapes/graph/reducers.js';
