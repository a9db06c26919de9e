/** The activity `summarizeContext`: shortens a conversation that does not fit into a receiver's context. */
import { defined } from '../contracts/data/defined.js';
import { cancellationSignal } from '@temporalio/activity';
import type { SummarizeContextInput, SummarizeContextResult } from '../contracts/wire/activities.js';
import { computeCost } from '../contracts/definitions/price.js';
import type { Model } from '../models/model/model.js';
import { loadTokenizer } from '../models/model/tokens.js';
import { toUnits } from './context/quote.js';
import { findSummary, keepSummary, type KeptSummary } from './context/records.js';
import { summarize } from './context/summary.js';
import { withWindow } from './runtime/failures.js';
import { assertHome } from './runtime/home.js';
import { withHeartbeat } from './runtime/heartbeat.js';
import { findWindow, getModel, type Registry } from './registry/registry.js';

export function createSummarizeContext(registry: Registry) {
  return (input: SummarizeContextInput): Promise<SummarizeContextResult> =>
    withWindow(findWindow(registry, input), () =>
      withHeartbeat(input.path, () => summarizeContext(registry, input)),
    );
}

async function summarizeContext(
  registry: Registry,
  input: SummarizeContextInput,
): Promise<SummarizeContextResult> {
  assertHome(registry, input, true);
  const model = getModel(registry, input.agent);
  const tokenizer = await loadTokenizer(model.name);
  const { text, usage, model: by, path } = await createSummary(registry, input, model);
  const paid = path === input.path ? usage : { inputTokens: 0, outputTokens: 0 };
  const { prices } = registry;
  const cost = prices && computeCost(prices, paid, { names: [by, model.name], offline: model.offline });
  return {
    tokens: tokenizer.count(text),
    model: by,
    usage: paid,
    ...defined({ cost }),
  };
}

async function createSummary(
  { store }: Registry,
  input: SummarizeContextInput,
  model: Model,
): Promise<KeptSummary> {
  const { root, head, maxTokens, agent, path } = input;
  const earlier = await findSummary(store, root, head, maxTokens);
  if (earlier !== undefined) return earlier;
  const made = await summarize({
    units: toUnits(await store.conversation(root, head), agent),
    head,
    maxTokens,
    model,
    tokenizer: await loadTokenizer(model.name),
    signal: cancellationSignal(),
  });
  return keepSummary(store, root, { head, maxTokens }, { ...made, path });
}
