/** Reads what the models of a run were sent, for `baton show --prompt` and the inbox page. */
import type { Client } from '@temporalio/client';
import { findRoot } from '../../client/runs/find-root.js';
import { defined } from '../../contracts/data/defined.js';
import { describeNearest } from '../../contracts/data/nearest.js';
import { createInputError } from '../../contracts/errors.js';
import type { ModelCall } from '../../contracts/wire/prompts.js';
import type { RunPrompts } from '../../schemas/documents/prompts.js';
import { openStoredPrompts } from '../../worker/stored-prompts.js';

/**
 * The calls of a run; with a step, or the number of a call, also the texts of that call.
 *
 * @throws {BatonError} `BAD_INPUT` when the store has no prompts of the run, or not of this step; `UNKNOWN_RUN`.
 */
export async function readPrompts(
  client: Client,
  { store: url, workflowId, step }: { store: string; workflowId: string; step?: string | undefined },
): Promise<RunPrompts> {
  const root = await findRoot(client, workflowId);
  const store = await openStoredPrompts(url);
  try {
    const calls = await store.list(root);
    if (calls.length === 0) throw createNoPromptsError(url, workflowId);
    if (step === undefined) return { workflowId, calls };
    const prompt = await store.read(root, findCall(calls, { workflowId, step }).number);
    return { workflowId, calls, ...defined({ prompt }) };
  } finally {
    store.close();
  }
}

/**
 * The call of this number, else of this step; of several, the last.
 *
 * @throws {BatonError} `BAD_INPUT` when no call has it.
 */
export function findCall(
  calls: readonly ModelCall[],
  { workflowId, step: named }: { readonly workflowId: string; readonly step: string },
): ModelCall {
  const found =
    calls.find(({ number }) => String(number) === named) ?? calls.findLast(({ step }) => step === named);
  if (found !== undefined) return found;
  const steps = [...new Set(calls.map(({ step }) => step))];
  throw createInputError(
    `Run ${workflowId} has no model call ${named}. Name its number, from 1 to ${calls.length}, or its step: ${steps.slice(0, 10).join(', ')}.${describeNearest(named, steps)}`,
    { workflowId, step: named },
  );
}

function createNoPromptsError(store: string, workflowId: string) {
  return createInputError(
    `The store ${store} has no prompts of run ${workflowId}. Either no model was called, or its worker has another store or keepPrompts: false, or the texts were pruned.`,
    { workflowId, store },
  );
}
