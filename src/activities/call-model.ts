/** The activity `callModel`: one turn of an agent is one request to its model. */
import { computeDigest } from '../store/chain.js';
import { defined } from '../contracts/data/defined.js';
import type { CallModelInput } from '../contracts/wire/model-call.js';
import { cancellationSignal } from '@temporalio/activity';
import type { CallModelResult, Move } from '../contracts/wire/activities.js';
import type { AgentDefinition } from '../contracts/definitions/agent.js';
import { BatonError, createConfigError } from '../contracts/errors.js';
import type { AssistantMessage, Message } from '../contracts/handoff/messages.js';
import type { ActionFacts } from '../contracts/definitions/policy-condition.js';
import { computeCost, findPrice } from '../contracts/definitions/price.js';
import { cutToBytes } from '../contracts/data/within-bytes.js';
import { toHashableJson } from '../contracts/data/hashable-json.js';
import { type Model, type ModelRequest, type ModelResponse, toKeptArguments } from '../models/model/model.js';
import { withWindow } from './runtime/failures.js';
import { assertHome } from './runtime/home.js';
import { withHeartbeat } from './runtime/heartbeat.js';
import { HANDOFF_DEFERRED } from './handoff/handoffs.js';
import { openFirstTurn, type Opener, type Opening, applyTerms, findTaskTerms } from './turn/first-turn.js';
import { keepPrompt } from './turn/kept-prompts.js';
import { buildMessages, concludePart } from './turn/new-messages.js';
import { buildModelRequest } from './turn/prompt.js';
import { OUTPUT_LIMIT_BYTES, readAnswer, readClarification, type ReadAnswer } from './turn/read-answer.js';
import { findWindow, getAgent, getModel, type Registry } from './registry/registry.js';

export function createCallModel(registry: Registry) {
  return (input: CallModelInput): Promise<CallModelResult> =>
    withWindow(findWindow(registry, input), () =>
      withHeartbeat(input.turnKey, () => callModel(registry, input)),
    );
}

async function callModel(registry: Registry, input: CallModelInput): Promise<CallModelResult> {
  assertHome(registry, input, true);
  const { store } = registry;
  const { root, head } = input;
  const key = serializeTurn(input);
  // An earlier attempt may have received its answer and died before Temporal recorded it.
  const earlier = await store.record(root, key);
  if (earlier !== undefined) return JSON.parse(earlier) as CallModelResult;

  const before = head === null ? [] : await store.conversation(root, head);
  const looked = lookUp(registry, input, before);
  if (input.priced) assertPriced(registry, looked.agent, looked.model);
  const opening = await openFirstTurn(registry, input, looked, before);
  // The turn is requested again once the summary exists, so nothing is stored under its key yet.
  if (opening.kind === 'needs-summary')
    return { head: head ?? '', ...createUnaskedError(looked.model, opening) };
  // A conversation that restarts quotes the earlier one and has no calls to answer.
  const isAnew = opening.kind === 'open' && opening.isAnew;
  const kept = isAnew ? [] : before;
  const { answers, further } = await buildMessages(store, isAnew ? withoutAnswers(input) : input, kept);
  const isNext = opening.messages.length > 0 || input.entries.some(({ kind }) => kind === 'said');
  const concluded = isNext ? concludePart(kept.at(-1)) : [];
  const added = [...answers, ...concluded, ...opening.messages, ...further];
  const taken = await takeTurn(registry, input, looked, opening, [...kept, ...added]);
  const record = await store.appendAndKeep(root, isAnew ? null : head, [...added, ...taken.said], {
    key,
    value: (newHead) => JSON.stringify({ head: newHead, ...taken.result } satisfies CallModelResult),
  });
  const result = JSON.parse(record) as CallModelResult;
  if (registry.keepPrompts && taken.request) {
    const { head: now, usage, model } = result;
    const call = { step: input.turnKey, agent: input.agent, model, head: now, usage };
    await keepPrompt(store, root, call, taken.request);
  }
  return result;
}

function withoutAnswers({ root, entries }: CallModelInput): Pick<CallModelInput, 'root' | 'entries'> {
  return { root, entries: entries.filter((entry) => !('callId' in entry)) };
}

/** The messages that a turn adds to the conversation, and the information for the workflow. */
interface Taken {
  readonly said: readonly AssistantMessage[];
  /** Absent if the model was not asked. */
  readonly request?: ModelRequest;
  readonly result: Omit<CallModelResult, 'head'>;
}

async function takeTurn(
  registry: Registry,
  { acknowledge, questions, permissions = [], team, routed }: CallModelInput,
  { agent, model, contracts, weighs }: Opener,
  opening: Exclude<Opening, { kind: 'needs-summary' }>,
  conversation: readonly Message[],
): Promise<Taken> {
  if (opening.kind === 'refused')
    return { said: [], result: createUnaskedError(model, { kind: 'decline', ...opening.refusal }) };
  const request = buildModelRequest({
    agent,
    contracts,
    conversation,
    acknowledge,
    questions,
    permissions,
    weighs,
  });
  const response = toHashableResponse(await model.generate(request, { signal: cancellationSignal() }));
  const lastSaid = conversation.findLastIndex(({ role }) => role === 'assistant');
  const isDeferred = conversation
    .slice(lastSaid + 1)
    .some((message) => message.role === 'tool' && message.content === HANDOFF_DEFERRED);
  const requirementOf = (action: ActionFacts) => registry.approvals.askedOf(action, team);
  const read: ReadAnswer =
    questions === undefined
      ? readAnswer({ agent, contracts, acknowledge, requirementOf, weighs, routed, isDeferred }, response)
      : { move: readClarification(agent, questions, response) };
  const { usage, model: by } = response;
  const { offline, name } = model;
  const cost = registry.prices && computeCost(registry.prices, usage, { names: [by, name], offline });
  const { manifest } = opening;
  return {
    said: [toAssistantMessage(agent, response)],
    request,
    result: {
      ...read,
      usage,
      model: by,
      offline,
      ...defined({ cost, manifest }),
    },
  };
}

function createUnaskedError({ name, offline }: Model, move: Move): Taken['result'] {
  const usage = { inputTokens: 0, outputTokens: 0 };
  return { move, usage, model: name, offline, unasked: true };
}

/** A model may write half characters or nest without limit. The conversation is hashed, which supports neither. */
function toHashableResponse(response: ModelResponse): ModelResponse {
  const { content, toolCalls } = response;
  return {
    ...response,
    content: toHashableJson(content),
    toolCalls: toolCalls.map((call) => ({
      ...call,
      name: toHashableJson(call.name),
      id: toHashableJson(call.id),
      ...toKeptArguments(call.args),
      ...(call.malformed === undefined ? {} : { malformed: toHashableJson(call.malformed) }),
    })),
  };
}

function lookUp(registry: Registry, input: CallModelInput, before: readonly Message[]): Opener {
  const contracts = input.handoffs.map((id) => {
    const contract = registry.contracts.get(id);
    if (contract) return contract;
    throw new BatonError('UNKNOWN_AGENT', `This worker has no contract ${id}. Is it older than the run?`, {
      contract: id,
    });
  });
  return {
    agent: applyTerms(getAgent(registry, input.agent), findTaskTerms(input.entries, before)),
    model: getModel(registry, input.agent),
    contracts,
    weighs: (tool) => registry.approvals.weighs(tool, input.team),
  };
}

/** A cost that cannot be counted cannot be limited. */
function assertPriced({ prices }: Registry, agent: AgentDefinition, { name, offline }: Model): void {
  if (offline || findPrice(prices, [name]) !== undefined) return;
  throw createConfigError(
    `A cost budget bounds agent ${agent.name}, but its model ${name} has no price: the configuration lacks prices.models['${name}']. The model was not asked.`,
    { agent: agent.name, model: name, setting: `prices.models['${name}']` },
  );
}

/** Text that is too long to be an answer is truncated, because every later request would send it again. */
function toAssistantMessage(agent: AgentDefinition, response: ModelResponse): AssistantMessage {
  return {
    role: 'assistant',
    agent: agent.name,
    content: cutToBytes(response.content, OUTPUT_LIMIT_BYTES),
    ...(response.toolCalls.length > 0 ? { toolCalls: response.toolCalls } : {}),
  };
}

/**
 * Identifies a turn and what was asked in it. After a reset, the same turn has the same name, but a different decision may
 * precede it: that is a different question. The remaining budget is not part of the key: the model never sees it, and a
 * reset changes the remaining time.
 */
function serializeTurn({ root: _root, home: _home, turnKey, entries, ...asked }: CallModelInput): string {
  const said = entries.map((entry) => (entry.kind === 'task' ? { ...entry, budget: null } : entry));
  return `turn:${turnKey}:${computeDigest({ ...asked, entries: said }).slice(0, 16)}`;
}
