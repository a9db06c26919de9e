/** Converts Baton's messages and tools to the format of chat completions. */
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions.js';
import { isJsonObject } from '../../contracts/data/json.js';
import type { AssistantMessage, Message, ToolCall } from '../../contracts/handoff/messages.js';
import type { ModelRequest, ToolSpec } from '../model/model.js';

/** The conversation to send: the system prompt first, then every message in order. */
export function toChatMessages(request: ModelRequest): ChatCompletionMessageParam[] {
  const said = request.messages.map((message) => toChatMessage(message, request.agent));
  return request.system === '' ? said : [{ role: 'system', content: request.system }, ...said];
}

export function toChatTool(tool: ToolSpec): ChatCompletionFunctionTool {
  return {
    type: 'function',
    function: {
      name: tool.name,
      description: tool.description,
      ...(isJsonObject(tool.parameters) ? { parameters: tool.parameters } : {}),
    },
  };
}

function toChatMessage(message: Message, agent: string): ChatCompletionMessageParam {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.content };
    case 'assistant':
      return toAssistantMessage(message, agent);
    case 'tool':
      // Chat completions cannot mark a failed tool call, so the text says it.
      return {
        role: 'tool',
        tool_call_id: message.callId,
        content: message.ok ? message.content : `Error: ${message.content}`,
      };
  }
}

function toAssistantMessage(message: AssistantMessage, agent: string): ChatCompletionAssistantMessageParam {
  const calls = message.toolCalls ?? [];
  return {
    role: 'assistant',
    content: message.content === '' && calls.length > 0 ? null : message.content,
    // After a handoff, messages of another agent are not the model's own.
    ...(message.agent === agent ? {} : { name: message.agent }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((call) => ({
            id: call.id,
            type: 'function' as const,
            function: { name: toToolName(call), arguments: toArgumentText(call) },
          })),
        }),
  };
}

/** A model can invent a name that no provider accepts back, which would make it refuse the whole conversation. */
function toToolName({ name }: ToolCall): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}

/**
 * Arguments as text. Arguments that were not JSON are wrapped in JSON: many servers parse the arguments of
 * earlier calls, and would refuse the conversation from then on.
 */
function toArgumentText(call: ToolCall): string {
  return JSON.stringify(call.malformed === undefined ? call.args : { malformed_arguments: call.malformed });
}
