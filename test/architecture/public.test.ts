/**
 * The names that others build upon, pinned as literals: imported names, caught codes, and the words that stand in
 * histories and that clients in any language use. A change here breaks them: it needs a line in the changelog, and a
 * wire name that open runs rely on cannot change at all.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createActivities } from '../../src/activities/index.js';
import type { Registry } from '../../src/activities/registry/registry.js';
import { ERRORS } from '../../src/contracts/errors.js';
import { toHandoffToolName } from '../../src/contracts/data/names.js';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/wire/wire.js';
import * as wire from '../../src/contracts/wire/wire.js';
import { exportedNames, read, ROOT } from './source.js';

const DOORS: Readonly<Record<string, { readonly source: string; readonly names: readonly string[] }>> = {
  '.': {
    source: 'src/index.ts',
    names: [
      'BatonError',
      'ERRORS',
      'FailedAttempt',
      'FailureReport',
      'PlanningTask',
      'RecoveryDecision',
      'Subtask',
      'WorkPlan',
      'agent',
      'approvalPolicy',
      'canonicalJson',
      'classifier',
      'compliance',
      'contract',
      'digest',
      'firstOf',
      'handoffCall',
      'human',
      'irreversible',
      'lowConfidence',
      'memory',
      'recoveryExhausted',
      'rules',
      'similarity',
      'team',
      'tool',
      'type ActionFacts',
      'type AgentDefinition',
      'type AgentRecovery',
      'type ApprovalPolicy',
      'type ApprovalRequest',
      'type Budget',
      'type ClassifierTask',
      'type ContextManifest',
      'type ContextPolicy',
      'type ContractDefinition',
      'type Cost',
      'type Decision',
      'type DecisionTicket',
      'type DecisionTimes',
      'type Envelope',
      'type ErrorCode',
      'type Escalation',
      'type FailedSubtask',
      'type HandoffSaid',
      'type HumanDefinition',
      'type InputOf',
      'type Json',
      'type JsonInput',
      'type MemoryDefinition',
      'type MemoryList',
      'type MemoryReference',
      'type Notice',
      'type NoticeEvent',
      'type OutputOf',
      'type Participant',
      'type PlanView',
      'type PolicyCondition',
      'type Recalled',
      'type ReceivedWebhook',
      'type RecoveryAgent',
      'type RecoveryPerson',
      'type RememberResult',
      'type Remembered',
      'type Requirement',
      'type RouteState',
      'type Router',
      'type Rule',
      'type RunView',
      'type SenderSummary',
      'type SynthesisTask',
      'type TaskDescription',
      'type TeamDefinition',
      'type TeamRecovery',
      'type TimelineEvent',
      'type ToolDefinition',
      'type ToolEffect',
      'type ToolRisk',
      'type WaitingTimes',
      'type WebhookBody',
      'type WorkerTask',
      'unansweredClarification',
      'verifyWebhook',
    ],
  },
  './workflow': {
    source: 'src/workflows/index.ts',
    names: [
      'END',
      'append',
      'crew',
      'crewAgent',
      'crewFromSpec',
      'crewTask',
      'graph',
      'isSubflow',
      'kickoffForEach',
      'loop',
      'node',
      'orchestration',
      'orchestratorWorker',
      'planAndWork',
      'runPlan',
      'runSubflow',
      'swarm',
      'type Answered',
      'type ApprovalQuestion',
      'type Approved',
      'type Branch',
      'type Collected',
      'type CrewAgent',
      'type CrewInputs',
      'type CrewOptions',
      'type CrewOutput',
      'type CrewSpec',
      'type CrewTask',
      'type CrewTools',
      'type CrewValue',
      'type Edge',
      'type EdgeMaker',
      'type End',
      'type Fallback',
      'type GraphInput',
      'type GraphNode',
      'type GraphOptions',
      'type HandoffOptions',
      'type HumanReview',
      'type Kept',
      'type Loop',
      'type LoopOptions',
      'type LoopStart',
      'type Moved',
      'type NodeVerbs',
      'type OpenQuestion',
      'type Orchestration',
      'type OrchestrationOptions',
      'type OrchestratorWorker',
      'type Performed',
      'type PlanOutcome',
      'type PlannerAndWorkers',
      'type RedirectableQuestion',
      'type Redirected',
      'type Reducer',
      'type Reducers',
      'type Rejected',
      'type RouteQuestion',
      'type RouteResult',
      'type RouteWhy',
      'type Routed',
      'type StateSchema',
      'type SwarmInput',
      'type SwarmOptions',
      'type SwarmOutcome',
      'type TaskOutput',
      'type Verbs',
      'type Work',
    ],
  },
  './worker': {
    source: 'src/worker.ts',
    names: [
      'ModelError',
      'NotDone',
      'NoticeError',
      'STOP_WORDS',
      'bundleWorkflows',
      'createWorker',
      'defineConfig',
      'email',
      'estimateTokens',
      'implement',
      'loadConfig',
      'modelFromEnvironment',
      'offlineModel',
      'openaiModel',
      'plainText',
      'quietRuntime',
      'sentences',
      'stem',
      'tokenize',
      'type ApprovalsConfig',
      'type BatonConfig',
      'type BatonWorker',
      'type EmailOptions',
      'type Embeddings',
      'type EnvironmentModelOptions',
      'type FinishReason',
      'type LoadedConfig',
      'type Model',
      'type ModelErrorCode',
      'type ModelRequest',
      'type ModelResponse',
      'type NoticeAnswer',
      'type NoticeContext',
      'type Notifier',
      'type OfflineAnswer',
      'type OfflineModelOptions',
      'type OfflineMove',
      'type OpenAIModelOptions',
      'type Price',
      'type PriceTable',
      'type ToolContext',
      'type ToolImplementation',
      'type ToolSpec',
      'type WebhookOptions',
      'type WorkerOptions',
      'webhook',
    ],
  },
  './client': {
    source: 'src/client.ts',
    names: [
      'answerTo',
      'cancelRun',
      'connect',
      'decide',
      'endTalk',
      'forkGraph',
      'graphStates',
      'hasWorker',
      'listRuns',
      'observe',
      'pendingRequests',
      'pollsQueue',
      'privateKey',
      'queueDecision',
      'resolveTarget',
      'resultOf',
      'say',
      'signDecision',
      'signRequester',
      'startRun',
      'talkOf',
      'thumbprint',
      'type Approver',
      'type ApproverKey',
      'type ApproverRegistry',
      'type AskedRun',
      'type Cancellation',
      'type DecisionClaims',
      'type Due',
      'type ForkOptions',
      'type Forked',
      'type Gateway',
      'type GraphStates',
      'type GraphStep',
      'type ListFilter',
      'type Observation',
      'type PrivateKey',
      'type RequesterClaims',
      'type ResolvedTarget',
      'type RunListing',
      'type RunRef',
      'type Said',
      'type SayOptions',
      'type SignedDecision',
      'type StartOptions',
      'type TalkTicket',
      'type TalkTurn',
      'type TalkView',
      'type Target',
    ],
  },
  './testing': {
    source: 'src/testing/index.ts',
    names: [
      'TestRun',
      'scriptedModel',
      'type Script',
      'type ScriptedAnswer',
      'type ScriptedCall',
      'type ScriptedModel',
      'type ScriptedModelOptions',
      'type ScriptedStep',
      'type ScriptedToolCall',
      'type TestDecision',
      'type TestEnvironment',
      'type TestEnvironmentOptions',
      'withTestEnvironment',
    ],
  },
};

/** Exit code of the CLI, and whether Temporal may try again. */
const CODES: Readonly<Record<string, readonly [exitCode: number, retryable: boolean]>> = {
  BAD_INPUT: [2, false],
  BAD_DEFINITION: [2, false],
  BAD_CONFIG: [2, false],
  BAD_USAGE: [2, false],
  UNKNOWN_RUN: [2, false],
  UNKNOWN_WORKFLOW: [2, false],
  RUN_EXISTS: [2, false],
  CONTROL_MOVED: [1, false],
  NOT_AWAITED: [1, false],
  UNKNOWN_AGENT: [1, false],
  UNKNOWN_TOOL: [1, false],
  STEP_BUDGET: [1, false],
  BUDGET_EXCEEDED: [1, false],
  HANDOFF_LIMIT: [1, false],
  HANDOFF_LOOP: [1, false],
  PERMISSION_DENIED: [1, false],
  CONTRACT_VIOLATED: [1, false],
  CONTRACT_VERSION: [1, false],
  PAYLOAD_TOO_LARGE: [1, false],
  CONTEXT_TOO_LARGE: [1, false],
  HANDOFF_DECLINED: [1, false],
  HANDOFF_UNCLEAR: [1, false],
  HANDOFF_MISROUTED: [1, false],
  STEP_FAILED: [1, false],
  TERMINATED: [1, false],
  ORCHESTRATION_HELD: [1, true],
  CANCELLED: [1, false],
  OUTPUT_INVALID: [1, false],
  TURN_LIMIT: [1, false],
  MODEL_NOT_CONFIGURED: [2, false],
  MODEL_UNAVAILABLE: [1, true],
  MODEL_RATE_LIMITED: [1, true],
  PROVIDER_MISSING: [1, true],
  MODEL_REQUEST_REJECTED: [1, false],
  MODEL_UNAUTHORIZED: [1, true],
  MODEL_NOT_FOUND: [1, true],
  MODEL_QUOTA_EXHAUSTED: [1, true],
  MODEL_REFUSED: [1, false],
  TOOL_FAILED: [1, false],
  REJECTED: [1, false],
  APPROVAL_EXPIRED: [1, false],
  ABORTED: [1, false],
  DECISION_MALFORMED: [4, false],
  DECISION_INVALID: [4, false],
  DECISION_UNPROVEN: [4, false],
  UNKNOWN_REQUEST: [4, false],
  ALREADY_DECIDED: [4, false],
  OPTION_NOT_OFFERED: [4, false],
  REQUEST_CHANGED: [4, false],
  DIGEST_MISMATCH: [4, false],
  RUN_CLOSED: [4, false],
  NOTICE_NOT_TAKEN: [1, true],
  SIGN_IN_REFUSED: [2, false],
  READING_REFUSED: [4, false],
  FORM_REFUSED: [2, false],
  ENGINE_UNREACHABLE: [3, true],
  ENGINE_NOT_FOUND: [3, false],
  ENGINE_FAILED: [3, false],
  SEARCH_ATTRIBUTES_MISSING: [3, false],
  NO_WORKER: [5, true],
  STORE_UNAVAILABLE: [1, true],
  STORE_MISMATCH: [1, true],
  STORE_MISSING: [1, false],
};

const manifest = JSON.parse(read('package.json')) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
};

describe('doors', () => {
  test('doors: the package opens these and no other', () => {
    expect(Object.keys(manifest.exports)).toEqual([
      ...Object.keys(DOORS),
      './schemas/*.json',
      './package.json',
    ]);
    expect(manifest.bin).toEqual({ baton: './dist/src/cli/main.js' });
  });

  test.each(Object.entries(DOORS))('door %s: exports what is pinned', (_door, { source, names }) => {
    expect(exportedNames(source)).toEqual([...names]);
  });

  test.each(Object.entries(DOORS))('door %s: is built from its source', (door, { source }) => {
    const built = source.replace('src/', './dist/src/').replace(/\.ts$/, '');
    expect(manifest.exports[door]).toEqual({ types: `${built}.d.ts`, default: `${built}.js` });
    expect(existsSync(join(ROOT, `${built}.js`)) && existsSync(join(ROOT, `${built}.d.ts`))).toBe(true);
  });

  test.each(Object.entries(DOORS))(
    'door %s: the built module has the pinned values',
    async (door, { names }) => {
      const path: string = `@batonhq/baton${door.slice(1)}`;
      const built = (await import(path)) as Readonly<Record<string, unknown>>;
      expect(Object.keys(built).toSorted()).toEqual(names.filter((name) => !name.startsWith('type ')));
    },
  );
});

describe('codes', () => {
  test('error codes: names, exit codes and whether a retry can help are as pinned', () => {
    const found = Object.entries(ERRORS).map(([code, { exitCode, retryable }]) => [
      code,
      [exitCode, retryable],
    ]);
    expect(Object.fromEntries(found)).toEqual(CODES);
  });
});

describe('wire', () => {
  test('wire: signals, updates, queries, workflow type, memo and queue keep their names', () => {
    const { DECIDE, MIRROR, QUERIES, CHILD_AGENT, DELIVER_NOTICES, MEMO_KEY, DEFAULT_TASK_QUEUE } = wire;
    expect({ DECIDE, MIRROR, QUERIES, CHILD_AGENT, DELIVER_NOTICES, MEMO_KEY, DEFAULT_TASK_QUEUE }).toEqual({
      DECIDE: 'decide',
      MIRROR: 'mirror',
      QUERIES: { view: 'view', timeline: 'timeline', pending: 'pending' },
      CHILD_AGENT: 'childAgent',
      DELIVER_NOTICES: 'deliverNotices',
      MEMO_KEY: 'baton',
      DEFAULT_TASK_QUEUE: 'baton',
    });
  });

  test('wire: the workflows that runs start are exported under their workflow types', () => {
    expect(exportedNames('src/workflows/orchestration/child-agent.ts')).toContain(wire.CHILD_AGENT);
    expect(exportedNames('src/workflows/orchestration/deliver-notices.ts')).toContain(wire.DELIVER_NOTICES);
  });

  test('wire: activities keep their names', () => {
    const none = {} as Registry;
    expect(Object.keys(createActivities(none))).toEqual([
      'callModel',
      'callTool',
      'notify',
      'readApprovers',
      'readHome',
      'scoreDestinations',
      'summarizeContext',
    ]);
  });

  test('wire: search attributes keep their names and types', () => {
    expect(SEARCH_ATTRIBUTES).toEqual({
      BatonTeam: 'Keyword',
      BatonState: 'Keyword',
      BatonAgent: 'Keyword',
      BatonReason: 'Keyword',
      BatonWaitsFor: 'KeywordList',
      BatonDeadline: 'Datetime',
    });
  });

  test('wire: a handoff is offered to models under one name', () => {
    expect(toHandoffToolName('author')).toBe('transfer_to_author');
  });
});
