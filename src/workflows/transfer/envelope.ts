/** Makes the envelope of a transfer, and tells the timeline that it is on its way. */
import type { AnyParty } from '../../contracts/party.js';
import { digest } from '../../contracts/canonical-json.js';
import type { ContractDefinition } from '../../contracts/contract.js';
import type { Carried, Envelope, Routing, SenderSummary, TaskDescription } from '../../contracts/envelope.js';
import type { Json } from '../../contracts/json.js';
import { travelling, type MemoryReference } from '../../contracts/memory-reference.js';
import { grantedEvent, transferEvent } from '../../contracts/transfer-event.js';
import { countSettled, settled } from '../../contracts/ledger.js';
import type { Trigger } from '../../contracts/trigger.js';
import type { Run } from '../run.js';
import type { Standing } from './standing.js';
import { directReference, referenceTo, requiredItems } from './governing.js';

/** What is known of a transfer before it is sealed. */
export interface Transfer {
  readonly from: string;
  readonly to: AnyParty;
  readonly control: Envelope['control'];
  readonly routing: Routing;
  readonly trigger: Trigger;
  readonly input: Json;
  readonly place: string;
  readonly standing: Standing;
  /** The declared contract; without one the receiver's own input schema governs. */
  readonly contract?: ContractDefinition | undefined;
  readonly task?: TaskDescription | undefined;
  readonly summary?: SenderSummary | undefined;
  /** The envelope by which the sender had the task: what was settled before travels on. */
  readonly before?: Envelope | undefined;
  /** The sender's conversation. */
  readonly head?: string | undefined;
  /** What the sender knows of the shared memory; the contract says what of it goes along. */
  readonly memory?: readonly MemoryReference[] | undefined;
  readonly redirectedBy?: string | undefined;
  readonly guidance?: string | undefined;
}

export function seal(run: Run, transfer: Transfer): Envelope {
  const { from, to, control, routing, trigger, input, place, contract, head, before, standing } = transfer;
  const memory = referencesFor(to, contract, transfer.memory);
  const earlier = carriedOn(before);
  return withoutUndefined({
    kind: 'task',
    v: 1,
    id: digest({ root: run.root, place }).slice(0, 12),
    from,
    to: to.name,
    control,
    trigger,
    routing,
    contract: contract ? referenceTo(contract) : directReference(to),
    input,
    required: contract && requiredItems(contract, input, memory),
    memory: memory.length === 0 ? undefined : memory,
    task: transfer.task,
    summary: transfer.summary,
    carried: contract?.context?.carried === 'none' ? undefined : earlier,
    permissions: unlessEmpty(standing.permissions),
    granted: unlessEmpty(standing.granted),
    budget: standing.ledger.left(),
    instructions: contract?.instructions,
    context: contract && contextOf(contract, head, earlier),
    redirectedBy: transfer.redirectedBy,
    guidance: transfer.guidance,
  });
}

/** Tells that a task is offered to somebody. Who is responsible does not change by it. */
export function recordTransfer(run: Run, envelope: Envelope, place: string): void {
  run.record(transferEvent(envelope, run.owner), place);
  const granted = grantedEvent(envelope);
  if (granted) run.record(granted, place);
}

/** Without a contract a task goes to somebody else as it was: of what it came with, what the receiver can read. */
function referencesFor(
  to: AnyParty,
  contract: ContractDefinition | undefined,
  known: readonly MemoryReference[] = [],
): readonly MemoryReference[] {
  const readable = to.kind === 'agent' ? to.memory.map(({ name }) => name) : [];
  return travelling(known, contract?.memory ?? readable);
}

/** What earlier senders settled, and the last one: said once each. */
function carriedOn(before: Envelope | undefined): Carried | undefined {
  const all = settled(before?.carried, before?.summary);
  return countSettled(all) === 0 ? undefined : all;
}

/** How the receiver's context is composed. What the contract withholds does not travel, and is counted. */
function contextOf(
  { context = {} }: ContractDefinition,
  head: string | undefined,
  earlier: Carried | undefined,
): Envelope['context'] {
  const withheld = context.carried === 'none' && earlier ? { withheld: countSettled(earlier) } : {};
  return { ...context, ...(head === undefined ? {} : { head }), ...withheld };
}

function unlessEmpty<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** What is not there does not stand in the history either. */
function withoutUndefined(envelope: { [K in keyof Envelope]: Envelope[K] | undefined }): Envelope {
  return Object.fromEntries(
    Object.entries(envelope).filter(([, value]) => value !== undefined),
  ) as unknown as Envelope;
}
