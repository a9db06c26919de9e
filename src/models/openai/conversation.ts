/** Baton's messages and tools in the words of chat completions. */
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions.js';
import { isJsonObject } from '../../contracts/data/json.js';
import type { AssistantMessage, Message, ToolCall } from '../../contracts/handoff/messages.js';
import type { ModelRequest, ToolSpec } from '../model/model.js';

/** The conversation as it is sent: the system prompt first, then every message in its order. */
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
      // Chat completions have no mark for a tool that failed, so its words carry it.
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
    // Another agent's words, after a handoff, are not the model's own.
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

/** A model may make up a name that no provider takes back, and that would refuse the whole conversation. */
function toToolName({ name }: ToolCall): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}

/**
 * Arguments as text. What was no JSON is sent back inside JSON: many servers parse the arguments of earlier calls
 * and would refuse the whole conversation from then on.
 */
function toArgumentText(call: ToolCall): string {
  return JSON.stringify(call.malformed === undefined ? call.args : { malformed_arguments: call.malformed });
}
