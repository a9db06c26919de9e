/**
 * Reads a model's answer as a move: finish, call tools, hand over, or, where it cannot be used, what to tell the
 * model so that it can repair it.
 */
import type { Entry, Move, RequestedCall } from '../contracts/activities.js';
import type { AgentDefinition } from '../contracts/agent.js';
import { contractId, type ContractDefinition } from '../contracts/contract.js';
import type { Json } from '../contracts/json.js';
import type { ToolCall } from '../contracts/messages.js';
import { handoffToolName } from '../contracts/names.js';
import { preview } from '../contracts/preview.js';
import { parseWith, type Schema } from '../contracts/schema.js';
import { idempotencyOf } from '../contracts/tool.js';
import type { ModelResponse } from '../models/model.js';
import { failure } from './failures.js';

/** An output goes through the workflow's history, so it is bounded, in bytes; what is larger belongs in the store. */
export const OUTPUT_LIMIT_BYTES = 32_768;

/**
 * @throws {ApplicationFailure} `MODEL_REFUSED` when the model refused or a filter stopped it.
 */
export function readAnswer(
  agent: AgentDefinition,
  contracts: readonly ContractDefinition[],
  response: ModelResponse,
): Move {
  if (response.finish === 'refusal' || response.finish === 'content-filter') {
    const how = response.finish === 'refusal' ? 'refused to answer' : 'was stopped by a content filter';
    throw failure(
      'MODEL_REFUSED',
      `Model ${response.model} ${how} as ${agent.name}: ${preview(response.content, 200) || 'no reason given'}`,
    );
  }
  if (response.finish === 'length') {
    const entries: Entry[] = refuseAll(
      response.toolCalls,
      'The answer was cut off before this call was complete.',
    );
    return repair('Your answer was cut off at the token limit. Answer again, more briefly.', entries);
  }
  if (response.toolCalls.length > 0) return readCalls(agent, contracts, response.toolCalls);
  return readOutput(agent, response.content);
}

function readCalls(
  agent: AgentDefinition,
  contracts: readonly ContractDefinition[],
  calls: readonly ToolCall[],
): Move {
  const byTool = new Map(contracts.map((contract) => [handoffToolName(contract.to.name), contract]));
  const handoffs = calls.filter((call) => byTool.has(call.name));
  const only = calls.length === 1 ? handoffs[0] : undefined;
  const contract = only && byTool.get(only.name);
  if (only && contract) return readHandoff(contract, only);
  if (handoffs.length > 0) {
    const reason =
      'Not carried out: a handoff must be the only call of an answer, and one answer hands over once.';
    return { kind: 'repair', problem: reason, entries: refuseAll(calls, reason) };
  }
  const requested: RequestedCall[] = [];
  const refused: Entry[] = [];
  for (const call of calls) {
    const reading = readCall(agent, [...byTool.keys()], call);
    if (typeof reading === 'string') refused.push({ kind: 'tool-refused', callId: call.id, reason: reading });
    else requested.push(reading);
  }
  if (requested.length > 0) return { kind: 'tools', calls: requested, refused };
  return {
    kind: 'repair',
    problem: refused.map((entry) => ('reason' in entry ? entry.reason : '')).join('\n'),
    entries: refused,
  };
}

function readHandoff(contract: ContractDefinition, call: ToolCall): Move {
  const parsed = readArguments(contract.payload, call);
  if (parsed.ok) {
    return { kind: 'handoff', to: contract.to.name, contract: contractId(contract), payload: parsed.value };
  }
  const reason = `Not handed over: contract ${contractId(contract)} is not met.\n${parsed.problem}`;
  return { kind: 'repair', problem: reason, entries: [{ kind: 'tool-refused', callId: call.id, reason }] };
}

function readCall(
  agent: AgentDefinition,
  transfers: readonly string[],
  call: ToolCall,
): RequestedCall | string {
  const tool = agent.tools.find((candidate) => candidate.name === call.name);
  if (!tool) {
    const known = [...agent.tools.map((candidate) => candidate.name), ...transfers].join(', ') || 'none';
    return `There is no tool ${call.name}. Your tools: ${known}.`;
  }
  const parsed = readArguments(tool.input, call);
  if (!parsed.ok) return `The arguments of ${call.name} do not fit.\n${parsed.problem}`;
  return {
    callId: call.id,
    tool: tool.name,
    effect: tool.effect,
    timeoutSeconds: tool.timeoutSeconds,
    preview: preview(parsed.value, 120),
    ...(tool.effect === 'irreversible'
      ? { args: parsed.value, idempotency: idempotencyOf(tool, parsed.value) }
      : {}),
  };
}

function readArguments(
  schema: Schema,
  call: ToolCall,
): { ok: true; value: Json } | { ok: false; problem: string } {
  if (call.malformed !== undefined)
    return { ok: false, problem: `They are not JSON that can be read: ${preview(call.malformed, 200)}` };
  const parsed = parseWith(schema, call.args);
  return parsed.ok ? { ok: true, value: parsed.value as Json } : parsed;
}

function readOutput(agent: AgentDefinition, content: string): Move {
  const text = content.trim();
  if (text === '') return repair('Your answer was empty. Answer the task.');
  if (Buffer.byteLength(text) > OUTPUT_LIMIT_BYTES) {
    return repair(
      `Your answer has ${Buffer.byteLength(text)} bytes; at most ${OUTPUT_LIMIT_BYTES} are allowed. Shorten it.`,
    );
  }
  if (!agent.output) return { kind: 'finish', output: text, preview: preview(text) };
  const json = readJson(text);
  if (json === undefined)
    return repair(
      `Your answer is not JSON: "${preview(text, 120)}". Answer with one JSON value that fits the schema.`,
    );
  const parsed = parseWith(agent.output, json);
  if (!parsed.ok) return repair(`Your answer does not fit the schema.\n${parsed.problem}`);
  return { kind: 'finish', output: parsed.value as Json, preview: preview(parsed.value as Json) };
}

/** Models like to wrap JSON in a code fence, though told not to. */
function readJson(text: string): Json | undefined {
  const fenced = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(text);
  try {
    return JSON.parse(fenced?.[1] ?? text) as Json;
  } catch {
    return undefined;
  }
}

function repair(problem: string, before: readonly Entry[] = []): Move {
  return { kind: 'repair', problem, entries: [...before, { kind: 'repair', problem }] };
}

function refuseAll(calls: readonly ToolCall[], reason: string): Entry[] {
  return calls.map((call) => ({ kind: 'tool-refused', callId: call.id, reason }));
}
