/** Reports a tool call to the workflow, and stores the result. */
import { type CallToolInput, type CallToolResult, formatResultName } from '../../contracts/wire/tool-call.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { BatonError, ERRORS } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import { toHashableJson } from '../../contracts/data/hashable-json.js';
import { readErrorMessage } from '../../contracts/data/thrown.js';
import { createFailure } from '../runtime/failures.js';
import { OUTPUT_LIMIT_BYTES } from '../turn/read-answer.js';
import type { Registry } from '../registry/registry.js';
import { keepToolResult, type ResultKind, type ToolResult } from '../tools/tool-result.js';

/** How often a failing tool is tried before its caller learns of the failure. */
export const ATTEMPTS = 3;

export function createToolFailure(input: CallToolInput, error: unknown): Error {
  return createFailure('TOOL_FAILED', `${input.tool} (${input.step}) failed: ${readErrorMessage(error)}`, {
    retryable: true,
  });
}

/** Whether the failure comes from the environment, such as the store, and not from the tool. */
export function isTransient(error: unknown): boolean {
  return error instanceof BatonError && ERRORS[error.code].retryable;
}

export async function finish(
  { store }: Registry,
  input: CallToolInput,
  kind: ResultKind,
  result: ToolResult,
): Promise<CallToolResult> {
  const kept = { ...result, tool: input.tool, content: toHashableJson(result.content) };
  const name = formatResultName(input.step, input.call);
  return toToolAnswer(input, await keepToolResult(store, input.root, name, kind, kept));
}

export function toToolAnswer(input: CallToolInput, result: ToolResult): CallToolResult {
  const { ok, content, output, memory } = result;
  const seen = memory === undefined ? {} : { memory };
  // An orchestration gets a failed tool's output as a result.
  if (!ok && (input.returns === 'reference' || output === undefined))
    return { kind: 'failed', code: 'TOOL_FAILED', message: result.preview ?? content, ...seen };
  const bytes = Buffer.byteLength(content);
  const name = digest(content).slice(0, 16);
  const said = result.preview ?? clip(output === undefined ? content : output);
  if (input.returns === 'reference') return { kind: 'done', preview: said, bytes, digest: name, ...seen };
  if (bytes > OUTPUT_LIMIT_BYTES) {
    return {
      kind: 'failed',
      code: 'TOOL_FAILED',
      message: `${input.tool} (${input.step}) gave ${bytes} bytes; an orchestration can take ${OUTPUT_LIMIT_BYTES}. Let the tool keep the bulk and give a reference.`,
    };
  }
  return {
    kind: 'done',
    preview: said,
    bytes,
    digest: name,
    output: output === undefined ? content : output,
    ...seen,
  };
}
