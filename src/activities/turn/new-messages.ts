/**
 * What is new to a conversation, as messages. Every call of the answer before is answered, as providers refuse a
 * conversation in which one is not: by its entry where there is one, else by what became of it.
 */
import type { CallModelInput, Entry } from '../../contracts/wire/model-call.js';
import { isJsonObject } from '../../contracts/data/json.js';
import type { AssistantMessage, Message, ToolCall, ToolMessage } from '../../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import type { Store } from '../../store/store.js';
import { readToolResult } from '../tools/tool-result.js';

type Said = Exclude<Entry, { kind: 'task' }>;

/** Without the opening: it comes between the answers to calls and what else is said. */
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
 * What an agent said with calls that ended its part, in words: some providers refuse what a user says right after the
 * answers to calls.
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

/** An acceptance counts with the answer that it stands in; nothing came of any other call. */
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
