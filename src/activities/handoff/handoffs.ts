/** Reads the handoffs that an agent requests in an answer: one, or several at once when their contracts allow it. */
import type { Entry } from '../../contracts/wire/model-call.js';
import type { HandoffMove, Move, RequestedCall } from '../../contracts/wire/activities.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import { hashSchema } from '../../contracts/data/json-schema.js';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { toHandoffToolName } from '../../contracts/data/names.js';
import { readArguments } from '../runtime/read-arguments.js';
import { refuseAll } from './acknowledgement.js';
import { buildHandoffArguments } from './shapes.js';

/** The runtime's answer to a handoff when other calls in the same answer ran first. */
export const HANDOFF_DEFERRED =
  'Not handed off yet: the other calls ran first, and their results are here. Hand off now, in an answer with nothing else, and say what the receiver must know of them.';

/** Calls in the same answer as a handoff, and how they are read. */
export interface Beside {
  /** Undefined for a call that cannot run together with a handoff because it has an effect. */
  readonly toRead: (call: ToolCall) => RequestedCall | undefined;
  /**
   * Whether the previous answer already explained this to the agent. Then its handoff counts, and the calls next to it do
   * not.
   */
  readonly isTold: boolean;
}

/** The move for an answer with handoffs; undefined when it has no handoffs. */
export function readHandoffs(
  contracts: readonly ContractDefinition[],
  calls: readonly ToolCall[],
  beside: Beside,
): Move | undefined {
  const byTool = new Map(contracts.map((contract) => [toHandoffToolName(contract.to.name), contract]));
  const wanted = calls.flatMap((call) => {
    const contract = byTool.get(call.name);
    return contract ? [{ call, contract }] : [];
  });
  const [first] = wanted;
  if (first === undefined) return undefined;
  const allowed = wanted.length === 1 || wanted.every(({ contract }) => contract.fanOut);
  if (!allowed) {
    const reason =
      'Not carried out: a handoff must be the only call of an answer, and one answer hands off once.';
    return { kind: 'repair', problem: reason, entries: refuseAll(calls, reason) };
  }
  const others = calls.filter((call) => !byTool.has(call.name));
  if (others.length > 0 && !beside.isTold) return readFirst(calls, others, beside);
  const read = wanted.map(({ call, contract }) => readHandoff(contract, call));
  const problems = read.flatMap((each) => (each.kind === 'handoff' ? [] : [each]));
  if (problems.length > 0) return describeUnmet(calls, problems);
  const handoffs = read.flatMap((each) => (each.kind === 'handoff' ? [each] : []));
  const entries = refuseAll(others, 'Not carried out: you handed off in the same answer.');
  const [only] = handoffs;
  return handoffs.length === 1 && only ? { ...only, entries } : { kind: 'fan-out', handoffs, entries };
}

/** Read-only calls run first; the handoff waits for their results. */
function readFirst(calls: readonly ToolCall[], others: readonly ToolCall[], { toRead }: Beside): Move {
  const reads = others.flatMap((call) => toRead(call) ?? []);
  if (reads.length === 0) {
    const reason =
      'Not carried out: a handoff stands alone in an answer. Make the other calls first, and hand off when you have their results.';
    return { kind: 'repair', problem: reason, entries: refuseAll(calls, reason) };
  }
  const left = others.filter(({ id }) => !reads.some(({ callId }) => callId === id));
  const handoffs = calls.filter((call) => !others.includes(call));
  return {
    kind: 'tools',
    calls: reads,
    refused: [
      ...refuseAll(left, 'Not carried out: call it again in an answer without a handoff.'),
      ...refuseAll(handoffs, HANDOFF_DEFERRED),
    ],
  };
}

interface Unmet {
  readonly kind: 'unmet';
  readonly callId: string;
  readonly reason: string;
}

function readHandoff(contract: ContractDefinition, call: ToolCall): HandoffMove | Unmet {
  const parsed = readArguments(buildHandoffArguments(contract.payload), call);
  if (!parsed.ok) {
    const reason = `Not handed off: contract ${toContractId(contract)} is not met.\n${parsed.problem}`;
    return { kind: 'unmet', callId: call.id, reason };
  }
  const { task, summary, payload } = parsed.value;
  return {
    kind: 'handoff',
    to: contract.to.name,
    contract: toContractId(contract),
    schema: hashSchema(contract.payload),
    payload: payload as Json,
    task,
    summary,
    callId: call.id,
    entries: [],
  };
}

/** One invalid handoff stops the others: they belong together. */
function describeUnmet(calls: readonly ToolCall[], problems: readonly Unmet[]): Move {
  const entries = calls.map((call): Entry => {
    const reason =
      problems.find(({ callId }) => callId === call.id)?.reason ??
      'Not handed off: another handoff in this answer is not possible.';
    return { kind: 'tool-refused', callId: call.id, reason };
  });
  return { kind: 'repair', problem: problems.map(({ reason }) => reason).join('\n'), entries };
}
