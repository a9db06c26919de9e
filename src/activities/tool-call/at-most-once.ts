/** An irreversible action, carried out at most once at its step and only if permitted. */
import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { type CallToolInput, type CallToolResult, formatResultName } from '../../contracts/wire/tool-call.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { readErrorMessage } from '../../contracts/data/thrown.js';
import { clip } from '../../contracts/data/preview.js';
import {
  buildIdempotencyKey,
  readIdempotency,
  type Idempotency,
  type ToolDefinition,
} from '../../contracts/definitions/tool.js';
import type { EffectState } from '../../store/store.js';
import { NotDone } from '../tools/implement.js';
import { verifyApproval } from './verify-approval.js';
import { assertReceiptsHome, createSpentError, findEarlierReceipt, listSpent } from './receipts.js';
import type { Registry } from '../registry/registry.js';
import { toToolAnswer, ATTEMPTS, finish, createToolFailure, isTransient } from './tool-answer.js';
import { findToolResult, parseToolResult, writeToolResult, type ToolResult } from '../tools/tool-result.js';

/** Writes the intent before and the receipt after. If a worker dies in between, the outcome is unknown. */
export async function runAtMostOnce(
  registry: Registry,
  input: CallToolInput,
  tool: ToolDefinition,
  args: Json,
  carryOut: () => Promise<ToolResult>,
): Promise<CallToolResult> {
  const { store, receipts } = registry;
  const { root, step } = input;
  const intent = { tool: tool.name, argsDigest: digest(args), spends: listSpent(input) };
  const known = await receipts.effect(root, step, intent);
  if (known?.state === 'other') return finish(registry, input, 'tool', createOtherCallError(input, known));
  if (known?.state === 'done') return finish(registry, input, 'effect', readReceipt(known));
  const kept = await findToolResult(store, root, formatResultName(step, input.call), 'effect');
  // Anyone with write access to the store could record there that the action was done. If receipts have a separate store,
  // only a receipt proves it.
  if (kept && (receipts === store || !kept.ok)) return toToolAnswer(input, kept);
  const refused = await verifyApproval(registry, input, tool, args);
  // An action that has started is not requested again as if it had not, even if its approval is no longer valid.
  if (refused) return known ? createUnknownOutcome(input, tool, known.at, refused.message) : refused;
  const earlierReceipt = await findEarlierReceipt(receipts, root, step, intent);
  if (earlierReceipt) return finish(registry, input, 'effect', readReceipt(earlierReceipt));
  await assertReceiptsHome(registry, tool.permission);

  const idempotency = readIdempotency(tool, args);
  const effect = await receipts.begin(root, step, intent);
  if (effect.state === 'spent') return createSpentError(input, effect.at);
  if (effect.state === 'other') return finish(registry, input, 'tool', createOtherCallError(input, effect));
  if (effect.state === 'done') return finish(registry, input, 'effect', readReceipt(effect));
  if (effect.state === 'begun' && idempotency === 'none') return createUnknownOutcome(input, tool, effect.at);
  const earlier = effect.state === 'begun' ? effect.at : undefined;
  return performBegun(registry, input, { tool, idempotency, earlier, carryOut });
}

interface Begun {
  readonly tool: ToolDefinition;
  readonly idempotency: Idempotency;
  /** When another attempt started it with an unknown outcome. */
  readonly earlier: string | undefined;
  readonly carryOut: () => Promise<ToolResult>;
}

async function performBegun(
  registry: Registry,
  input: CallToolInput,
  { tool, idempotency, earlier, carryOut }: Begun,
): Promise<CallToolResult> {
  const { receipts } = registry;
  const { root, step } = input;
  let result: ToolResult;
  try {
    result = await carryOut();
    await keepReceipt(() => receipts.complete(root, step, writeToolResult(result)));
  } catch (error) {
    const isLast = activityInfo().attempt >= ATTEMPTS;
    // The tool reports that this attempt did nothing; what an earlier attempt did stays unknown.
    if (error instanceof NotDone && earlier === undefined) {
      // A later attempt may be running and own the intent by now.
      if (cancellationSignal().aborted) throw createToolFailure(input, error);
      await receipts.abandon(root, step);
      if (error.retry && !isLast) throw createToolFailure(input, error);
      return finish(registry, input, 'effect', { ok: false, content: readErrorMessage(error) });
    }
    const isWorthIt = error instanceof NotDone ? error.retry : !(error instanceof BatonError);
    if (idempotency === 'keyed' && isWorthIt && !isLast) throw createToolFailure(input, error);
    return createUnknownOutcome(input, tool, earlier ?? new Date().toISOString(), readErrorMessage(error));
  }
  // A failure from here on is retried, and the retry finds the receipt.
  return finish(registry, input, 'effect', result);
}

const KEEP_AGAIN_MS = 1_000;

/** The action happened, and only this attempt knows, so it retries the store as long as the attempt may last. */
async function keepReceipt(keep: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await keep();
    } catch (error) {
      if (!isTransient(error)) throw error;
      await delay(KEEP_AGAIN_MS, undefined, { signal: cancellationSignal() });
    }
  }
}

function readReceipt({ receipt }: { readonly receipt: string }): ToolResult {
  return parseToolResult(receipt);
}

/** The receipt of other arguments would be false, and running these too would be a second action of one step. */
function createOtherCallError(
  { tool, step }: CallToolInput,
  { at, done }: Extract<EffectState, { state: 'other' }>,
): ToolResult {
  const what = done ? 'was carried out' : 'was begun, with an unknown outcome,';
  const content =
    `${tool} (${step}) ${what} with other arguments at ${at}, before the run was reset. It was not called with these: ` +
    'a step carries out an action that cannot be undone once. Start a new run for another one.';
  return { ok: false, content };
}

function createUnknownOutcome(
  { root, step }: CallToolInput,
  tool: ToolDefinition,
  begunAt: string,
  why?: string,
): CallToolResult {
  return {
    kind: 'unknown-outcome',
    begunAt,
    key: buildIdempotencyKey(root, step),
    ...(why === undefined ? {} : { why: clip(why, 300) }),
    ...(tool.unknownOutcome ? { wording: tool.unknownOutcome } : {}),
  };
}
