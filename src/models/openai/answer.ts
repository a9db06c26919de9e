/**
 * Converts the body of a chat completion to Baton's answer. It tolerates the fields that compatible servers
 * leave out.
 */
import { z } from 'zod';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { type FinishReason, type ModelRequest, type ModelResponse, toKeptArguments } from '../model/model.js';
import { estimateUsage } from '../model/token-estimate.js';

// Arguments can nest endlessly, and a recursive JSON schema would follow them until the stack overflows.
const ToolCallBody = z.object({
  id: z.string().nullish(),
  function: z.object({ name: z.string(), arguments: z.custom<Json>().optional() }),
});

const MessageBody = z.object({
  content: z.union([z.string(), z.array(z.object({ text: z.string().nullish() }))]).nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(ToolCallBody).nullish(),
});

const Count = z.int().nonnegative();

const CompletionBody = z.object({
  // The name is stored in the history. An invalid name is replaced by the requested model's.
  model: z.string().min(1).max(200).nullish().catch(undefined),
  choices: z.tuple([z.object({ finish_reason: z.string().nullish(), message: MessageBody })], z.unknown()),
  // An invalid count is estimated like a missing one, because budgets depend on it.
  usage: z.object({ prompt_tokens: Count, completion_tokens: Count }).nullish().catch(undefined),
});
type MessageBody = z.infer<typeof MessageBody>;

/**
 * Reads the first choice. The usage comes from the provider; if missing, it is estimated from the characters
 * (see `token-estimate.ts`). Undefined when the body has no readable choice.
 */
export function toResponse(
  body: unknown,
  request: ModelRequest,
  requestedModel: string,
): ModelResponse | undefined {
  const parsed = CompletionBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { choices, usage, model } = parsed.data;
  const { message, finish_reason: reason } = choices[0];
  const toolCalls = toToolCalls(message);
  const content = message.refusal ? message.refusal : readText(message);
  return {
    content,
    toolCalls,
    finish: message.refusal ? 'refusal' : toFinishReason(reason, toolCalls),
    usage: usage
      ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }
      : estimateUsage(request, { content, toolCalls }),
    model: model ?? requestedModel,
  };
}

/** Some servers send `stop` or no reason together with tool calls; the calls decide. */
function toFinishReason(reason: string | null | undefined, toolCalls: readonly ToolCall[]): FinishReason {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'content-filter';
  return toolCalls.length > 0 ? 'tools' : 'stop';
}

function readText({ content }: MessageBody): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}

/** Keeps every call, in order. A missing or repeated id is replaced by one made from the position. */
function toToolCalls({ tool_calls: calls }: MessageBody): ToolCall[] {
  const used = new Set((calls ?? []).map(({ id }) => id));
  const given = new Set<string>();
  return (calls ?? []).map((call, index) => {
    const id = call.id && !given.has(call.id) ? call.id : createFreeId(used, index);
    given.add(id);
    used.add(id);
    return { id, name: call.function.name, ...toArguments(call.function.arguments) };
  });
}

/** An id made from the position, or from the next free one. */
function createFreeId(used: ReadonlySet<string | null | undefined>, index: number): string {
  let position = index;
  while (used.has(`call-${position}`)) position += 1;
  return `call-${position}`;
}

function toArguments(written: Json | undefined): Pick<ToolCall, 'args' | 'malformed'> {
  if (typeof written !== 'string') return toKeptArguments(written ?? {});
  // Several servers send an empty text for a tool without arguments.
  if (written.trim() === '') return { args: {} };
  try {
    return toKeptArguments(JSON.parse(written) as Json);
  } catch {
    return { args: null, malformed: written };
  }
}
