/** Makes the envelope of a handoff, and records the offer in the timeline. */
import type { OfferEvent } from '../../contracts/wire/timeline.js';
import { clip } from '../../contracts/data/preview.js';
import { defined } from '../../contracts/data/defined.js';
import type {
  ComposedContext,
  Envelope,
  MemoryReference,
  Routing,
  SenderSummary,
  TaskDescription,
  TaskTerms,
  Trigger,
} from '../../contracts/handoff/envelope.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { type ContractDefinition, toContractId } from '../../contracts/definitions/contract.js';
import type { Json } from '../../contracts/data/json.js';
import { selectTravelling } from '../../contracts/handoff/memory-reference.js';
import type { Run } from '../runtime/run.js';
import type { TaskLimits } from './task-limits.js';
import { toDirectReference, toReference, listRequiredItems } from './contract-lookup.js';

/** The known parts of a handoff before it is sealed. */
export interface OutgoingHandoff {
  readonly from: string;
  readonly to: AnyParticipant;
  readonly control: Envelope['control'];
  readonly routing: Routing;
  readonly trigger: Trigger;
  readonly input: Json;
  readonly place: string;
  readonly standing: TaskLimits;
  /** The declared contract; without one the receiver's own input schema governs. */
  readonly contract?: ContractDefinition | undefined;
  readonly task?: TaskDescription | undefined;
  readonly summary?: SenderSummary | undefined;
  /** The envelope that gave the sender the task: its settled facts travel along. */
  readonly before?: Envelope | undefined;
  /** The sender's conversation. */
  readonly head?: string | undefined;
  /** The sender's knowledge of the shared memory; the contract says which part goes along. */
  readonly memory?: readonly MemoryReference[] | undefined;
  readonly redirectedBy?: string | undefined;
  readonly guidance?: string | undefined;
  /** The receiver's terms for this task; default: those of the previous owner. */
  readonly terms?: TaskTerms | undefined;
  /** The contract instructions of the previous owner's task; the new contract's own instructions replace them. */
  readonly instructions?: string | undefined;
}

export function sealEnvelope(
  run: Pick<Run, 'hiddenFacts' | 'origin' | 'root'>,
  handoff: OutgoingHandoff,
): Envelope {
  const { from, to, control, routing, trigger, input, place, contract, head, before, standing } = handoff;
  const memory = listReferences(to, contract, handoff.memory);
  const id = digest({ root: run.root, place }).slice(0, 12);
  const { carried, withheld } = run.hiddenFacts.from(before, id, contract);
  const envelope = defined({
    kind: 'task' as const,
    v: 1 as const,
    id,
    from,
    to: to.name,
    control,
    trigger,
    routing,
    contract: contract ? toReference(contract) : toDirectReference(to),
    input,
    required: contract && listRequiredItems(contract, input, memory),
    memory: memory.length === 0 ? undefined : memory,
    task: handoff.task,
    summary: handoff.summary,
    carried,
    permissions: omitEmpty(standing.permissions),
    granted: omitEmpty(standing.granted),
    budget: standing.ledger.getLeft(),
    instructions: contract ? contract.instructions : handoff.instructions,
    terms: 'terms' in handoff ? handoff.terms : before?.terms,
    context: toContext(contract, defined({ head, withheld, own: findOwn(handoff) })),
    redirectedBy: handoff.redirectedBy,
    guidance: handoff.guidance,
  });
  run.origin.handOff(envelope, place, before?.id);
  return envelope;
}

/** Records that a task is offered. The owner does not change yet. */
export function recordHandoff(run: Pick<Run, 'owner' | 'record'>, envelope: Envelope, place: string): void {
  run.record(toHandoffEvent(envelope, run.owner), place);
  const { id: handoff, to, granted: permissions, contract } = envelope;
  if (permissions === undefined) return;
  run.record({ kind: 'granted', handoff, to, permissions, contract: toContractId(contract) }, place);
}

/** Without a contract a task moves unchanged: it keeps the references that the receiver can read. */
function listReferences(
  to: AnyParticipant,
  contract: ContractDefinition | undefined,
  known: readonly MemoryReference[] = [],
): readonly MemoryReference[] {
  const readable = to.kind === 'agent' ? to.memory.map(({ name }) => name) : [];
  return selectTravelling(known, contract?.memory ?? readable);
}

/** How much of the receiver's own conversation resumes, when control returns to it. */
function findOwn({ control, to, standing: { resting } }: OutgoingHandoff): number | undefined {
  return control === 'handoff' && resting.works.has(to.name) ? resting.maxTokens : undefined;
}

/**
 * How the receiver's context is composed. Without a contract the receiver sees nothing of the sender's conversation. If
 * control returns to the receiver, it sees a summary of what happened meanwhile, unless the contract says otherwise.
 */
function toContext(
  contract: ContractDefinition | undefined,
  { head, ...known }: Pick<ComposedContext, 'head' | 'withheld' | 'own'>,
): Envelope['context'] {
  if (contract === undefined) return Object.keys(known).length === 0 ? undefined : known;
  const meanwhile = known.own === undefined ? {} : { history: 'summarize' as const };
  return { ...meanwhile, ...contract.context, ...defined({ head }), ...known };
}

function omitEmpty<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** The recorded part of an envelope. */
type ToldEnvelope = Pick<
  Envelope,
  'id' | 'from' | 'to' | 'control' | 'trigger' | 'routing' | 'contract' | 'input'
>;

/** A task is offered; `owner` is responsible for the run's task meanwhile. */
export function toHandoffEvent(envelope: ToldEnvelope, owner: string): OfferEvent {
  const { id, from, to, control, trigger, routing, contract, input } = envelope;
  return {
    kind: control === 'handoff' ? 'handoff' : 'delegated',
    handoff: id,
    from,
    to,
    trigger,
    by: routing.by,
    ...defined({ router: routing.router, confidence: routing.confidence }),
    contract: toContractId(contract),
    ...defined({ schema: contract.schema }),
    owner,
    manifest: id,
    preview: clip(input),
  };
}
