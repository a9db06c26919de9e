/** Reads the handoffs that an agent asks for in an answer: one, or several at once where their contracts allow it. */
import type { Entry } from '../../contracts/wire/model-call.js';
import type { HandoffMove, Move } from '../../contracts/wire/activities.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import { hashSchema } from '../../contracts/data/json-schema.js';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { toHandoffToolName } from '../../contracts/data/names.js';
import { readArguments } from '../runtime/read-arguments.js';
import { refuseAll } from './acknowledgement.js';
import { buildHandoffArguments } from './shapes.js';

/** The move that an answer with handoffs makes; undefined when it has none. */
export function readHandoffs(
  contracts: readonly ContractDefinition[],
  calls: readonly ToolCall[],
): Move | undefined {
  const byTool = new Map(contracts.map((contract) => [toHandoffToolName(contract.to.name), contract]));
  const wanted = calls.flatMap((call) => {
    const contract = byTool.get(call.name);
    return contract ? [{ call, contract }] : [];
  });
  const [first] = wanted;
  if (first === undefined) return undefined;
  const allowed = wanted.length === 1 || wanted.every(({ contract }) => contract.fanOut);
  if (wanted.length < calls.length || !allowed) {
    const reason =
      'Not carried out: a handoff must be the only call of an answer, and one answer hands off once.';
    return { kind: 'repair', problem: reason, entries: refuseAll(calls, reason) };
  }
  const read = wanted.map(({ call, contract }) => readHandoff(contract, call));
  const problems = read.flatMap((each) => (each.kind === 'handoff' ? [] : [each]));
  if (problems.length > 0) return describeUnmet(calls, problems);
  const handoffs = read.flatMap((each) => (each.kind === 'handoff' ? [each] : []));
  const [only] = handoffs;
  return handoffs.length === 1 && only ? only : { kind: 'fan-out', handoffs, entries: [] };
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

/** One that is not met holds back the others: they belong together. */
function describeUnmet(calls: readonly ToolCall[], problems: readonly Unmet[]): Move {
  const entries = calls.map((call): Entry => {
    const reason =
      problems.find(({ callId }) => callId === call.id)?.reason ??
      'Not handed off: another handoff beside it is not met.';
    return { kind: 'tool-refused', callId: call.id, reason };
  });
  return { kind: 'repair', problem: problems.map(({ reason }) => reason).join('\n'), entries };
}
