/** Reads how a receiver responds to a task before it acts: it accepts, asks, declines, or names a better destination. */
import { defined } from '../../contracts/data/defined.js';
import type { AwaitedAcknowledgement, Entry } from '../../contracts/wire/model-call.js';
import type { Move } from '../../contracts/wire/activities.js';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import { readArguments } from '../runtime/read-arguments.js';
import { acceptArguments, Clarify, Decline, Misrouted } from './shapes.js';

/** The agent accepted the task; `answer` is set when the agent finished at once. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly call: ToolCall;
  readonly items: readonly string[];
  readonly answer?: Json;
}

const NAMES: ReadonlySet<string> = new Set(Object.values(ACKNOWLEDGEMENTS));

/** The agent's response; a move when that is not an acceptance. */
export function readAcknowledgement(
  agent: AgentDefinition,
  awaited: AwaitedAcknowledgement,
  calls: readonly ToolCall[],
): Accepted | Move {
  const said = calls.filter(({ name }) => NAMES.has(name));
  const [call] = said;
  if (call === undefined) return describeUnsaid(calls, awaited, 'Nothing was carried out: say first');
  if (said.length > 1) return describeUnsaid(calls, awaited, 'Nothing was carried out: say one thing');
  switch (call.name) {
    case ACKNOWLEDGEMENTS.accept:
      return readAcceptance(agent, awaited, call, calls);
    case ACKNOWLEDGEMENTS.clarify: {
      const parsed = readArguments(Clarify, call);
      if (!parsed.ok) return describeWrong(calls, call, parsed.problem);
      return {
        kind: 'clarify',
        questions: parsed.value.questions,
        callId: call.id,
        entries: listOthers(calls, call),
      };
    }
    case ACKNOWLEDGEMENTS.decline: {
      const parsed = readArguments(Decline, call);
      return parsed.ok
        ? { kind: 'decline', reason: parsed.value.reason }
        : describeWrong(calls, call, parsed.problem);
    }
    default: {
      const parsed = readArguments(Misrouted, call);
      return parsed.ok ? { kind: 'misrouted', ...parsed.value } : describeWrong(calls, call, parsed.problem);
    }
  }
}

function readAcceptance(
  agent: AgentDefinition,
  awaited: AwaitedAcknowledgement,
  call: ToolCall,
  calls: readonly ToolCall[],
): Accepted | Move {
  const parsed = readArguments(acceptArguments(agent.output), call);
  if (!parsed.ok) return describeWrong(calls, call, parsed.problem);
  const { items } = parsed.value;
  const answer = readAnswer(parsed.value.answer);
  const named = new Set(items);
  const missing = awaited.items.filter((item) => !named.has(item));
  if (missing.length > 0) {
    return describeWrong(
      calls,
      call,
      `You did not name ${missing.join(', ')}. If you have them, accept and name them; if not, ${ACKNOWLEDGEMENTS.clarify} or ${ACKNOWLEDGEMENTS.decline}.`,
      `It accepted the task without naming ${missing.join(', ')}.`,
    );
  }
  return { kind: 'accepted', call, items: awaited.items, ...defined({ answer }) };
}

/** Providers that require every argument send null or an empty text for a missing one. */
function readAnswer(written: unknown): Json | undefined {
  if (written === null || (typeof written === 'string' && written.trim() === '')) return undefined;
  return written as Json | undefined;
}

/** The answers to all calls of an answer in which no call is carried out. */
export function refuseAll(calls: readonly ToolCall[], reason: string): Entry[] {
  return calls.map((call) => ({ kind: 'tool-refused', callId: call.id, reason }));
}

function listOthers(calls: readonly ToolCall[], call: ToolCall): Entry[] {
  return refuseAll(
    calls.filter((other) => other !== call),
    'Not carried out: you have not accepted the task.',
  );
}

function describeUnsaid(calls: readonly ToolCall[], awaited: AwaitedAcknowledgement, what: string): Move {
  const text = `${what} whether you accept the task: ${ACKNOWLEDGEMENTS.accept} with the items ${awaited.items.join(', ') || '(none)'}, ${ACKNOWLEDGEMENTS.clarify}, ${ACKNOWLEDGEMENTS.decline} or ${ACKNOWLEDGEMENTS.misrouted}.`;
  return {
    kind: 'repair',
    problem: 'It did not say whether it accepts the task.',
    entries: [...refuseAll(calls, text), { kind: 'repair', problem: text }],
  };
}

/** `problem` is for later readers, who may not have these tools. The model gets the instruction. */

function describeWrong(calls: readonly ToolCall[], call: ToolCall, text: string, problem = text): Move {
  const entries: Entry[] = [
    { kind: 'tool-refused', callId: call.id, reason: text },
    ...listOthers(calls, call),
  ];
  return { kind: 'repair', problem, entries };
}
