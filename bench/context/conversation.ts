/** An agent's turns as the messages of a conversation, as Baton and others keep them. */
import type { AssistantMessage, Message, ToolMessage } from '../../src/contracts/handoff/messages.js';
import type { Turn } from './scenario.js';

export function agentName(index: number): string {
  return `agent-${index}`;
}

export function messagesOf(turns: readonly Turn[], agent: string): Message[] {
  return turns.flatMap((turn, index) => {
    const callId = (which: number): string => `${agent}-${index}-${which}`;
    const asked: AssistantMessage = {
      role: 'assistant',
      agent,
      content: turn.say,
      toolCalls: turn.calls.map(({ tool, args }, which) => ({ id: callId(which), name: tool, args })),
    };
    const told = turn.calls.map(({ tool, result }, which): ToolMessage => ({
      role: 'tool',
      callId: callId(which),
      name: tool,
      content: result,
      ok: true,
    }));
    return [asked, ...told];
  });
}

/** Everything of a message that a model reads. */
export function textOf(message: Message): string {
  if (message.role !== 'assistant' || message.toolCalls === undefined) return message.content;
  return `${message.content}\n${message.toolCalls.map(({ name, args }) => `${name} ${JSON.stringify(args)}`).join('\n')}`;
}
