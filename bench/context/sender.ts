/** Writes the summaries when an agent hands off: by the bench's extract, or by a model. */
import { z } from 'zod';
import type { SenderSummary } from '../../src/contracts/handoff/envelope.js';
import type { Message } from '../../src/contracts/handoff/messages.js';
import type { Model, ModelRequest } from '../../src/models/model/model.js';
import { textOf } from './conversation.js';
import { summarizeAsString, summarizeInParts } from './summarize.js';
import type { CountTokens } from './tokens.js';

export interface Sender {
  /** For the report. */
  readonly name: string;
  /** All of the conversation, and the summary it begins with, as one string of so many tokens at most. */
  asString(messages: readonly Message[], most: number): Promise<string>;
  /**
   * The summary that the sender adds to the settled facts, in at most `most` tokens. `request` is the request that
   * Baton sends to a sender's model when it must hand off by `tool`.
   */
  inParts(request: ModelRequest, tool: string, most: number): Promise<SenderSummary>;
}

export function offlineSender(count: CountTokens): Sender {
  return {
    name: "the bench's extract",
    asString: (messages, most) => Promise.resolve(summarizeAsString(messages, most, count)),
    inParts: ({ messages }, _tool, most) => Promise.resolve(summarizeInParts(own(messages), most, count)),
  };
}

/** The sender's own messages. The settled facts before them travel automatically. */
function own(messages: readonly Message[]): Message[] {
  return messages.slice(messages.findIndex(({ role }) => role === 'assistant'));
}

const Arguments = z.object({
  summary: z.object({
    done: z.array(z.string()),
    decisions: z.array(z.object({ decision: z.string(), reason: z.string() })),
    answered: z.array(z.object({ question: z.string(), answer: z.string() })),
    open: z.array(z.string()),
    needToKnow: z.array(z.string()),
  }),
});

/** A provider's model. It is asked as it would be: for a text, and for the handoff's own tool call. */
export function modelSender(model: Model): Sender {
  const signal = (): AbortSignal => AbortSignal.timeout(300_000);
  return {
    name: model.name,
    asString: async (messages, most) => {
      const system =
        'You hand a task off. Write a summary of the conversation for the agent that takes over: what was done and found, ' +
        `what was decided and why, which questions were answered. At most ${most} tokens, plain text.`;
      const talk = messages.map((message) => `${message.role}: ${textOf(message)}`).join('\n\n');
      const asked: Message = { role: 'user', source: 'task', content: talk };
      const request = { agent: 'sender', system, messages: [asked], tools: [], input: talk };
      return (await model.generate(request, { signal: signal() })).content;
    },
    inParts: async (request, tool, most) => {
      const content =
        `Your part is done. Hand the task off now with ${tool}. The summary tells of your own part only, since what was settled before ` +
        `travels by itself: at most ${most} tokens.`;
      const answer = await model.generate(
        {
          ...request,
          messages: [...request.messages, { role: 'user', source: 'repair', content }],
          tools: request.tools.filter(({ name }) => name === tool),
        },
        { signal: signal() },
      );
      const called = answer.toolCalls.find(({ name }) => name === tool);
      return Arguments.parse(called?.args).summary;
    },
  };
}
