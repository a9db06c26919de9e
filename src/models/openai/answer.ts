/** The body of a chat completion as Baton's answer. Compatible servers differ in what they leave out; that is allowed for. */
import { z } from 'zod';
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { type FinishReason, type ModelRequest, type ModelResponse, toKeptArguments } from '../model/model.js';
import { estimateUsage } from '../model/token-estimate.js';

// Arguments may nest without end, and a schema of any JSON would follow them on the stack.
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
  // It stands in the history; what is no name is left to the one that was asked for.
  model: z.string().min(1).max(200).nullish().catch(undefined),
  choices: z.tuple([z.object({ finish_reason: z.string().nullish(), message: MessageBody })], z.unknown()),
  // What is no count is estimated like one that is missing: budgets are kept by it.
  usage: z.object({ prompt_tokens: Count, completion_tokens: Count }).nullish().catch(undefined),
});
type MessageBody = z.infer<typeof MessageBody>;

/**
 * Reads the first choice. The usage is the provider's; where it gives none, it is estimated from the characters
 * (see `token-estimate.ts`). Undefined when the body holds no choice that can be read.
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

/** Some servers say `stop`, or nothing, beside tool calls; the calls are what counts. */
function toFinishReason(reason: string | null | undefined, toolCalls: readonly ToolCall[]): FinishReason {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'content-filter';
  return toolCalls.length > 0 ? 'tools' : 'stop';
}

function readText({ content }: MessageBody): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}

/** Every call is kept, in order. An id that is missing or repeated is replaced by one made from the position. */
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

/** An id made from the position, or from the next that is free. */
function createFreeId(used: ReadonlySet<string | null | undefined>, index: number): string {
  let position = index;
  while (used.has(`call-${position}`)) position += 1;
  return `call-${position}`;
}

function toArguments(written: Json | undefined): Pick<ToolCall, 'args' | 'malformed'> {
  if (typeof written !== 'string') return toKeptArguments(written ?? {});
  // Several servers write nothing at all for a tool without arguments.
  if (written.trim() === '') return { args: {} };
  try {
    return toKeptArguments(JSON.parse(written) as Json);
  } catch {
    return { args: null, malformed: written };
  }
}
