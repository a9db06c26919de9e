/** Every published schema by name: the wire shapes, and the documents that commands print with `--json`. */
import { DecisionTicket } from '../contracts/requests/decision-ticket.js';
import type { Same } from '../contracts/data/wire-schema.js';
import { ApprovalRequest } from '../contracts/requests/approval.js';
import { DecisionClaims, RequesterClaims, SignedDecision } from '../contracts/proof/claims.js';
import { Envelope } from '../contracts/handoff/envelope.js';
import { CallModelInput } from '../contracts/wire/model-call.js';
import { GraphStates } from '../contracts/wire/graph-states.js';
import { ChildAgentInput } from '../contracts/wire/child-agent-input.js';
import { RunMemo, RunView } from '../contracts/wire/run-view.js';
import { WebhookBody } from '../contracts/requests/webhook-body.js';
import { Said, TalkTicket, TalkView } from '../contracts/wire/conversation.js';
import { Timeline } from '../contracts/wire/timeline.js';
import { z } from 'zod';
import type { Json } from '../contracts/data/json.js';
import { ApproverRegistry } from '../contracts/proof/approver.js';
import { AuditDocument, AuditExportDocument } from './documents/audit.js';
import { buildDecisionSchema, QueuedDecisionDocument } from './documents/decision.js';
import { DemoDocument } from './documents/demo.js';
import { DeploymentDocument } from './documents/deployment.js';
import { DoctorDocument, EngineDocument, EngineStopDocument, ServingDocument } from './documents/engine.js';
import { ErrorDocument } from './documents/failure.js';
import { HandoffDocument } from './documents/handoff.js';
import { PromptsDocument } from './documents/prompts.js';
import { PruneDocument } from './documents/prune.js';
import { InboxDocument, InboxLinkDocument, InboxPageDocument } from './documents/inbox.js';
import { CancelDocument, ForkDocument, ListDocument, StartDocument, ChatDocument } from './documents/runs.js';
import {
  JsonSchemaDocument,
  SchemasDocument,
  CompletionDocument,
  InitDocument,
  KeyDocument,
  KeysDocument,
  NotifyTestDocument,
} from './documents/setup.js';
import { ShowDocument } from './documents/story.js';

/** The shapes in histories, memos, queries and updates. */
const WIRE = {
  envelope: Envelope,
  'model-call': CallModelInput,
  'child-agent-input': ChildAgentInput,
  'approval-request': ApprovalRequest,
  decision: z
    .union([buildDecisionSchema(), SignedDecision])
    .describe(
      'A decision, as the update or the signal `decide` takes it. Unknown properties are refused, so that a typing error is not an approval.',
    ),
  'decision-claims': DecisionClaims,
  'requester-claims': RequesterClaims,
  approvers: ApproverRegistry.describe(
    'The registry `approvers.json`: the approvers and their public keys. It holds no secrets.',
  ),
  'decision-ticket': DecisionTicket,
  timeline: Timeline,
  'run-view': RunView,
  'run-memo': RunMemo,
  'webhook-body': WebhookBody,
  said: Said,
  'talk-ticket': TalkTicket,
  'talk-view': TalkView,
  'graph-states': GraphStates,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** The output of commands with `--json`. Each command names its document; any may print `error` instead. */
export const DOCUMENTS = {
  start: StartDocument,
  inbox: InboxDocument,
  'inbox-page': InboxPageDocument,
  'inbox-link': InboxLinkDocument,
  chat: ChatDocument,
  list: ListDocument,
  show: ShowDocument,
  handoff: HandoffDocument,
  prompts: PromptsDocument,
  'graph-states': GraphStates,
  fork: ForkDocument,
  'decision-ticket': DecisionTicket,
  'queued-decision': QueuedDecisionDocument,
  cancel: CancelDocument,
  audit: AuditDocument,
  'audit-export': AuditExportDocument,
  prune: PruneDocument,
  key: KeyDocument,
  keys: KeysDocument,
  'notify-test': NotifyTestDocument,
  deployment: DeploymentDocument,
  doctor: DoctorDocument,
  demo: DemoDocument,
  init: InitDocument,
  engine: EngineDocument,
  'engine-stop': EngineStopDocument,
  serving: ServingDocument,
  schemas: SchemasDocument,
  'json-schema': JsonSchemaDocument,
  completion: CompletionDocument,
  error: ErrorDocument,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export const SCHEMAS: Readonly<Record<string, z.ZodType>> = { ...WIRE, ...DOCUMENTS };

export type DocumentName = keyof typeof DOCUMENTS;

/** A document as a command passes it on: readonly. */
export type DocumentOf<Name extends DocumentName> = Printed<z.input<(typeof DOCUMENTS)[Name]>>;

type Printed<T> =
  Same<T, Json> extends true
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Printed<Element>[]
      : T extends object
        ? { readonly [K in keyof T]: Printed<T[K]> }
        : T;
