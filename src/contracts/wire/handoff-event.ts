/** The event that tells of a transfer: made by the run itself, and by whoever tells its story from the history. */
import { formatContractId } from '../definitions/contract.js';
import type { Envelope } from '../handoff/envelope.js';
import { shortenPreview } from '../data/preview.js';
import type { GrantedEvent, TransferEvent } from './timeline.js';

/** What of an envelope is told. */
export type ToldEnvelope = Pick<
  Envelope,
  'id' | 'from' | 'to' | 'control' | 'trigger' | 'routing' | 'contract' | 'input'
>;

/** Somebody is offered a task; `owner` is responsible for the run's task meanwhile. */
export function toHandoffEvent(envelope: ToldEnvelope, owner: string): TransferEvent {
  const { id, from, to, control, trigger, routing, contract, input } = envelope;
  return {
    kind: control === 'handoff' ? 'handoff' : 'delegated',
    handoff: id,
    from,
    to,
    trigger,
    by: routing.by,
    ...(routing.router === undefined ? {} : { router: routing.router }),
    ...(routing.confidence === undefined ? {} : { confidence: routing.confidence }),
    contract: formatContractId(contract),
    ...(contract.schema === undefined ? {} : { schema: contract.schema }),
    owner,
    manifest: id,
    preview: shortenPreview(input),
  };
}

/** What the contract adds to what the receiver may do; undefined where it adds nothing. */
export function toGrantedEvent({
  id: handoff,
  to,
  granted: permissions,
  contract,
}: Pick<Envelope, 'id' | 'to' | 'granted' | 'contract'>): GrantedEvent | undefined {
  return permissions && { kind: 'granted', handoff, to, permissions, contract: formatContractId(contract) };
}
