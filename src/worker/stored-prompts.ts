/** Reads from the store what the models of a run were sent and answered. */
import { CALLS, readFrame, type KeptCall } from '../activities/turn/kept-prompts.js';
import type { Message } from '../contracts/handoff/messages.js';
import type { ModelCall, Prompt, PromptSection } from '../contracts/wire/prompts.js';
import { countMessage, loadTokenizer, type Tokenizer } from '../models/model/tokens.js';
import type { Store } from '../store/store.js';
import { openExistingStore } from './stored-arguments.js';

export interface StoredPrompts {
  /** The calls of a run, in their order. Empty if the store keeps no call of it. */
  readonly list: (root: string) => Promise<readonly ModelCall[]>;
  /**
   * The call with this number. A step is not enough: after a reset, several calls have the same.
   *
   * @throws {BatonError} `STORE_MISSING` when its conversation is not in the store.
   */
  readonly read: (root: string, number: number) => Promise<Prompt | undefined>;
  close(): void;
}

/** @throws {BatonError} `BAD_INPUT` when the file does not exist; `STORE_UNAVAILABLE` when it cannot be opened. */
export async function openStoredPrompts(url: string): Promise<StoredPrompts> {
  const store = await openExistingStore(url);
  return {
    list: async (root) => (await listCalls(store, root)).map(({ call }) => call),
    read: async (root, number) => {
      const found = (await listCalls(store, root)).find(({ call }) => call.number === number);
      return found && readPrompt(store, root, found);
    },
    close: () => store.close(),
  };
}

interface Found {
  readonly kept: KeptCall;
  readonly call: ModelCall;
}

async function listCalls(store: Store, root: string): Promise<Found[]> {
  const records = await store.records(root, CALLS);
  return records.map(({ value, at }, index) => {
    const kept = JSON.parse(value) as KeptCall;
    const { step, agent, model, usage } = kept;
    return { kept, call: { number: index + 1, step, agent, model, at, ...usage } };
  });
}

async function readPrompt(store: Store, root: string, { kept, call }: Found): Promise<Prompt> {
  const [frame, messages, tokenizer] = await Promise.all([
    readFrame(store, root, kept.frame),
    store.conversation(root, kept.head),
    loadTokenizer(kept.model),
  ]);
  const section = (name: PromptSection['section'], text: string): PromptSection[] =>
    text === '' ? [] : [{ section: name, tokens: tokenizer.count(text), text }];
  const sections = [
    ...section('system-prompt', frame.system),
    ...section('tools', frame.tools.map((tool) => JSON.stringify(tool)).join('\n')),
    ...section('output-schema', frame.output === undefined ? '' : JSON.stringify(frame.output.schema)),
    ...messages.slice(0, -1).map((message) => toSection(message, tokenizer)),
  ];
  const answer = messages.at(-1);
  return {
    ...call,
    tokens: sections.reduce((sum, { tokens }) => sum + tokens, 0),
    countedBy: tokenizer.name,
    sections,
    answer: answer === undefined ? '' : renderMessage(answer),
  };
}

const OF_USERS = { task: 'task', context: 'context', repair: 'repair', person: 'message' } as const;

function toSection(message: Message, tokenizer: Tokenizer): PromptSection {
  const tokens = countMessage(message, tokenizer);
  const text = renderMessage(message);
  switch (message.role) {
    case 'user':
      return { section: OF_USERS[message.source], tokens, text };
    case 'assistant':
      return { section: 'earlier-answer', tokens, text };
    case 'tool':
      return { section: 'tool-result', tokens, text: `${message.name}: ${text}` };
  }
}

function renderMessage(message: Message): string {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  const lines = calls.map(({ name, args, malformed }) => `${name} ${malformed ?? JSON.stringify(args)}`);
  return [...(message.content === '' ? [] : [message.content]), ...lines].join('\n');
}
