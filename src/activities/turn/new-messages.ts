/**
 * What is new to a conversation, as messages. Every call of the answer before is answered, as providers refuse a
 * conversation in which one is not: by its entry where there is one, else by what became of it.
 */
import type { CallModelInput, Entry } from '../../contracts/wire/model-call.js';
import type { Message, ToolCall, ToolMessage } from '../../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import type { Store } from '../../store/store.js';
import { readToolResult } from '../tools/tool-result.js';

type Said = Exclude<Entry, { kind: 'task' }>;

/** Without the opening: the answers to calls first, then what else is said. */
export async function buildMessages(
  store: Store,
  { root, entries }: Pick<CallModelInput, 'root' | 'entries'>,
  before: readonly Message[],
): Promise<Message[]> {
  const calls = listCalls(before.at(-1));
  const said = entries.filter((entry) => entry.kind !== 'task');
  const messages = await Promise.all(said.map((entry) => buildMessage(store, root, entry, calls)));
  const answered = new Set(messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : [])));
  const left = calls.filter(({ id }) => !answered.has(id)).map(createUnanswered);
  return [
    ...left,
    ...messages.filter(({ role }) => role === 'tool'),
    ...messages.filter(({ role }) => role !== 'tool'),
  ];
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
