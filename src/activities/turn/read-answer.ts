/**
 * Reads a model's answer as a move: finish, call tools or hand off. An unusable answer becomes a repair message for the
 * model.
 */
import { defined } from '../../contracts/data/defined.js';
import type { AwaitedAcknowledgement, Entry } from '../../contracts/wire/model-call.js';
import type { Move, RequestedCall } from '../../contracts/wire/activities.js';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { toHandoffToolName } from '../../contracts/data/names.js';
import { clip } from '../../contracts/data/preview.js';
import { parseWith } from '../../contracts/data/schema.js';
import { findLeast } from '../../contracts/definitions/confidence.js';
import { buildActionTitle } from '../../contracts/definitions/action-title.js';
import { readIdempotency } from '../../contracts/definitions/tool.js';
import type { ModelResponse } from '../../models/model/model.js';
import type { Approvals } from '../approvals/approvals.js';
import { toConfidence, withoutConfidence } from './confidence.js';
import { fillNulls, readJson } from './output-json.js';
import type { Asking } from './prompt.js';
import { createFailure } from '../runtime/failures.js';
import { readAcknowledgement, refuseAll, type Accepted } from '../handoff/acknowledgement.js';
import { readHandoffs } from '../handoff/handoffs.js';
import { Clarification } from '../handoff/shapes.js';
import { readArguments } from '../runtime/read-arguments.js';

/** The limit of an output in bytes, because it goes through the workflow's history. Larger data belongs in the store. */
export const OUTPUT_LIMIT_BYTES = 32_768;

/** The limit for everything else in an answer. It is twice as much, because a handoff has a payload and a summary. */
const MOVE_LIMIT_BYTES = 65_536;

/** The context for reading an answer. */
export interface Reading extends Pick<Asking, 'agent' | 'contracts' | 'weighs'> {
  /** Set until the agent has accepted its task. */
  readonly acknowledge?: AwaitedAcknowledgement | undefined;
  /** Returns the approval that a call needs. */
  readonly requirementOf: Approvals['requirementOf'];
  /** The confidence of the routing that assigned the task to the agent. */
  readonly routed?: number | undefined;
  /** Whether its previous answer had a handoff that was deferred for the calls next to it. */
  readonly isDeferred?: boolean;
}

/** A move, and the items that the agent named if it accepted its task with it. */
export interface ReadAnswer {
  readonly move: Move;
  readonly acknowledged?: readonly string[];
}

/**
 * @throws {ApplicationFailure} `MODEL_REFUSED` when the model refused or a filter stopped it.
 */
export function readAnswer(reading: Reading, response: ModelResponse): ReadAnswer {
  assertNotRefused(reading.agent, response);
  const read = readWhole(reading, response);
  return { ...read, move: boundMove(read.move) };
}

/** A move goes through the history, so the model must correct one with too many calls, reasons or handed-off parts. */
function boundMove(move: Move): Move {
  if (move.kind === 'finish') return move;
  const bytes = Buffer.byteLength(JSON.stringify(move));
  if (bytes <= MOVE_LIMIT_BYTES) return move;
  return repair(
    `Nothing was carried out: the calls of your answer come to ${bytes} bytes; at most ${MOVE_LIMIT_BYTES} are allowed. Answer more briefly.`,
  );
}

function readWhole(reading: Reading, response: ModelResponse): ReadAnswer {
  const { toolCalls: calls, content } = response;
  if (response.finish === 'length') {
    const entries = refuseAll(calls, 'The answer was cut off before this call was complete.');
    return {
      move: repair('Your answer was cut off at the token limit. Answer again, more briefly.', entries),
    };
  }
  if (reading.acknowledge === undefined)
    return { move: calls.length > 0 ? readCalls(reading, calls) : readOutput(reading.agent, content) };
  const said = readAcknowledgement(reading.agent, reading.acknowledge, calls);
  return said.kind === 'accepted' ? readAfterAcceptance(reading, said, calls, content) : { move: said };
}

function assertNotRefused(agent: AgentDefinition, { finish, model, content }: ModelResponse): void {
  if (finish !== 'refusal' && finish !== 'content-filter') return;
  const how = finish === 'refusal' ? 'refused to answer' : 'was stopped by a content filter';
  throw createFailure(
    'MODEL_REFUSED',
    `Model ${model} ${how} as ${agent.name}: ${clip(content, 200) || 'no reason given'}`,
  );
}

/** The rest of an answer that accepts the task. Its acceptance gets a result when the conversation continues. */
function readAfterAcceptance(
  reading: Reading,
  { call, items, answer }: Accepted,
  calls: readonly ToolCall[],
  content: string,
): ReadAnswer {
  const others = calls.filter((other) => other !== call);
  if (others.length > 0) {
    const early: Entry = { kind: 'answer', callId: call.id, text: ANSWERED_EARLY };
    const move = readBesides(reading, others);
    return { acknowledged: items, move: answer === undefined ? move : withEntry(early, move) };
  }
  if (answer !== undefined) {
    const text = typeof answer === 'string' && !reading.agent.output ? answer : JSON.stringify(answer);
    return { acknowledged: items, move: readOutput(reading.agent, text) };
  }
  const acknowledged: Move = { kind: 'acknowledged', entries: [] };
  if (content.trim() === '') return { acknowledged: items, move: acknowledged };
  const finished = readOutput(reading.agent, content);
  // Text next to an acceptance need not be the final answer.
  return { acknowledged: items, move: finished.kind === 'finish' ? finished : acknowledged };
}

const ANSWERED_EARLY =
  'You have accepted the task. An answer together with other calls does not count: answer when you have their results.';

function readBesides(reading: Reading, calls: readonly ToolCall[]): Move {
  const { acknowledge } = reading;
  const move = readCalls(reading, calls);
  const dangerous = move.kind === 'tools' && move.calls.some(({ requires }) => requires !== undefined);
  if (acknowledge?.alone !== true && !dangerous) return move;
  const reason = 'Not carried out: your acknowledgement is noted first. Call again now.';
  return { kind: 'acknowledged', entries: refuseAll(calls, reason) };
}

/** The same move, with one more call answered when its agent continues. */
function withEntry(entry: Entry, move: Move): Move {
  if (move.kind === 'tools') return { ...move, refused: [entry, ...move.refused] };
  return 'entries' in move ? { ...move, entries: [entry, ...move.entries] } : move;
}

function readCalls(reading: Reading, calls: readonly ToolCall[]): Move {
  const { contracts } = reading;
  const handoffTools = contracts.map(({ to }) => toHandoffToolName(to.name));
  const handoffs = readHandoffs(contracts, calls, {
    isTold: reading.isDeferred ?? false,
    toRead: (call) => {
      const read = readCall(reading, handoffTools, call);
      const isHarmless = typeof read !== 'string' && read.effect === 'read' && read.requires === undefined;
      return isHarmless ? read : undefined;
    },
  });
  if (handoffs) return handoffs;
  const requested: RequestedCall[] = [];
  const refused: Entry[] = [];
  for (const call of calls) {
    const read = readCall(reading, handoffTools, call);
    if (typeof read === 'string') refused.push({ kind: 'tool-refused', callId: call.id, reason: read });
    else requested.push(read);
  }
  if (requested.length > 0) return { kind: 'tools', calls: requested, refused };
  return {
    kind: 'repair',
    problem: refused.map((entry) => ('reason' in entry ? entry.reason : '')).join('\n'),
    entries: refused,
  };
}

/** How a sender answers its receiver's questions. */
export function readClarification(
  agent: AgentDefinition,
  questions: readonly string[],
  response: ModelResponse,
): Move {
  assertNotRefused(agent, response);
  const parsed = parseWith(Clarification, readJson(response.content.trim()));
  if (!parsed.ok) {
    return repair(
      `Answer the questions in the form {"answers": [...]}, one answer a question and null where you do not know; nothing else can be done now.\n${parsed.problem}`,
      refuseAll(response.toolCalls, 'Not carried out: only answers are wanted now.'),
    );
  }
  const { answers } = parsed.value;
  const output = questions.map((_question, index) => answers[index] ?? null);
  return { kind: 'finish', output, preview: clip(output) };
}

function readCall(
  { agent, requirementOf, weighs, routed }: Reading,
  handoffTools: readonly string[],
  call: ToolCall,
): RequestedCall | string {
  const tool = agent.tools.find((candidate) => candidate.name === call.name);
  if (!tool) {
    const known = [...agent.tools.map((candidate) => candidate.name), ...handoffTools].join(', ') || 'none';
    return `There is no tool ${clip(call.name, 100)}. Your tools: ${known}.`;
  }
  const { args: written, stated } = withoutConfidence(call.args);
  const parsed = readArguments(tool.input, { ...call, args: written });
  if (!parsed.ok) return `The arguments of ${call.name} do not fit.\n${parsed.problem}`;
  const args = parsed.value as Json;
  const { name, effect, risk } = tool;
  const weighed = weighs(tool) ? toConfidence(stated, routed) : undefined;
  const confidence = weighed && findLeast(weighed);
  const facts = { agent: agent.name, tool: name, effect, risk, args };
  const requires = requirementOf({ ...facts, ...defined({ confidence }) });
  return {
    callId: call.id,
    tool: name,
    effect,
    ...defined({ permission: tool.permission, untrusted: tool.untrusted }),
    timeoutSeconds: tool.timeoutSeconds,
    preview: clip(args, 120),
    ...defined({ confidence: weighed }),
    ...(requires === undefined
      ? {}
      : { requires, args, ...defined({ title: buildActionTitle(tool, args) }) }),
    ...(effect === 'irreversible' ? { idempotency: readIdempotency(tool, args) } : {}),
  };
}

function readOutput(agent: AgentDefinition, content: string): Move {
  const text = content.trim();
  if (text === '') return repair('Your answer was empty. Answer the task.');
  if (Buffer.byteLength(text) > OUTPUT_LIMIT_BYTES) {
    return repair(
      `Your answer has ${Buffer.byteLength(text)} bytes; at most ${OUTPUT_LIMIT_BYTES} are allowed. Shorten it.`,
    );
  }
  if (!agent.output) return { kind: 'finish', output: text, preview: clip(text) };
  const json = readJson(text);
  if (json === undefined)
    return repair(
      `Your answer is not JSON: "${clip(text, 120)}". Answer with one JSON value that fits the schema.`,
    );
  const parsed = parseWith(agent.output, fillNulls(agent.output, json));
  if (!parsed.ok) return repair(`Your answer does not fit the schema.\n${parsed.problem}`);
  return { kind: 'finish', output: parsed.value as Json, preview: clip(parsed.value as Json) };
}

function repair(problem: string, before: readonly Entry[] = []): Move {
  return { kind: 'repair', problem, entries: [...before, { kind: 'repair', problem }] };
}
