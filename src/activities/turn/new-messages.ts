/**
 * The new messages of a conversation. Every call of the previous answer gets a result, because providers refuse a
 * conversation with an unanswered call. The result comes from its entry, or else says what happened to the call.
 */
import type { CallModelInput, Entry } from '../../contracts/wire/model-call.js';
import { isJsonObject } from '../../contracts/data/json.js';
import type { AssistantMessage, Message, ToolCall, ToolMessage } from '../../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import type { Store } from '../../store/store.js';
import { readToolResult } from '../tools/tool-result.js';

type Said = Exclude<Entry, { kind: 'task' }>;

/** Without the opening, which stands between the results of calls and the other messages. */
export interface NewMessages {
  readonly answers: readonly ToolMessage[];
  readonly further: readonly Message[];
}

export async function buildMessages(
  store: Store,
  { root, entries }: Pick<CallModelInput, 'root' | 'entries'>,
  before: readonly Message[],
): Promise<NewMessages> {
  const calls = listCalls(before.at(-1));
  const said = entries.filter((entry) => entry.kind !== 'task');
  const messages = await Promise.all(said.map((entry) => buildMessage(store, root, entry, calls)));
  const answers = messages.filter((message) => message.role === 'tool');
  const answered = new Set(answers.map(({ callId }) => callId));
  const left = calls.filter(({ id }) => !answered.has(id)).map(createUnanswered);
  return {
    answers: [...left, ...answers],
    further: messages.filter(({ role }) => role !== 'tool'),
  };
}

/**
 * The text that an agent wrote with the calls that ended its part. Some providers refuse a user message right after tool
 * results.
 */
export function concludePart(message: Message | undefined): AssistantMessage[] {
  const calls = listCalls(message);
  if (message?.role !== 'assistant' || calls.length === 0) return [];
  const accepted = calls.find(({ name }) => name === ACKNOWLEDGEMENTS.accept)?.args;
  const answer = isJsonObject(accepted) ? accepted['answer'] : undefined;
  const said = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
  const content = answer === undefined || answer === null || said.trim() === '' ? 'Handed off.' : said;
  return [{ role: 'assistant', agent: message.agent, content }];
}

function listCalls(message: Message | undefined): readonly ToolCall[] {
  return message?.role === 'assistant' ? (message.toolCalls ?? []) : [];
}

/** An acceptance counts together with the answer that contains it; no other call was carried out. */
function createUnanswered({ id, name }: ToolCall): ToolMessage {
  const ok = name === ACKNOWLEDGEMENTS.accept;
  const content = ok ? 'Noted.' : 'Not carried out.';
  return { role: 'tool', callId: id, name, content, ok };
}

async function buildMessage(
  store: Store,
  root: string,
  entry: Said,
  calls: readonly ToolCall[],
): Promise<Message> {
  if (entry.kind === 'repair') return { role: 'user', source: 'repair', content: entry.problem };
  if (entry.kind === 'said') return { role: 'user', source: 'person', content: entry.text, data: entry.text };
  const { callId } = entry;
  const name = calls.find((call) => call.id === callId)?.name ?? 'unknown';
  const message = { role: 'tool', callId, name } as const;
  switch (entry.kind) {
    case 'answer':
      return { ...message, content: entry.text, ok: true };
    case 'tool-refused':
      return { ...message, content: entry.reason, ok: false };
    case 'tool-result': {
      const { ok, content } = await readToolResult(store, root, entry.step);
      return { ...message, content: entry.note === undefined ? content : `${entry.note}\n\n${content}`, ok };
    }
  }
}
