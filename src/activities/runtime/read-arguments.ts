/** Checks the arguments that a model wrote for a call. */
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { clip } from '../../contracts/data/preview.js';
import { parseWith, type ParseResult, type Schema } from '../../contracts/data/schema.js';

export function readArguments<T>(schema: Schema<T>, call: ToolCall): ParseResult<T> {
  if (call.malformed !== undefined)
    return {
      ok: false,
      problem: `They are not JSON that can be read: ${clip(call.malformed, 200)}`,
    };
  return parseWith(schema, call.args);
}
