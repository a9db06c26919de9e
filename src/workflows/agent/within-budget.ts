/** Makes one request to a model within its task's budget, and counts it. */
import type { CallModelInput } from '../../contracts/wire/model-call.js';
import type { CallModelResult, SummarizeContextInput } from '../../contracts/wire/activities.js';
import { callModel, summarizeContext } from '../runtime/activities.js';
import type { Run } from '../runtime/run.js';
import type { BudgetAccount } from '../runtime/budget.js';

/** @throws {BatonError} `BUDGET_EXCEEDED` before the model is asked; otherwise the activity's error. */
export function callWithinBudget(
  run: Run,
  ledger: BudgetAccount,
  input: CallModelInput,
  summary: string,
): Promise<CallModelResult> {
  begin(run, ledger);
  const priced = ledger.boundsCost ? { priced: true as const } : {};
  return callModel(run, { ...input, ...nameTeam(run), ...priced }, summary).then((answer) => {
    if (answer.unasked) ledger.spend({ turns: -1 });
    else countUsage(run, ledger, answer);
    run.tell({ kind: 'model-answered', call: input, answer });
    return answer;
  });
}

/** @throws {BatonError} `BUDGET_EXCEEDED` before the model is asked; otherwise the activity's error. */
export async function summarizeWithinBudget(
  run: Run,
  ledger: BudgetAccount,
  input: SummarizeContextInput,
  summary: string,
): Promise<void> {
  begin(run, ledger);
  const made = await summarizeContext(run, { ...input, ...nameTeam(run) }, summary);
  // The summary existed already, or needed no model.
  if (made.usage.inputTokens === 0) ledger.spend({ turns: -1 });
  else countUsage(run, ledger, { ...made, offline: false });
}

function nameTeam({ teamName }: Pick<Run, 'teamName'>): { readonly team?: string } {
  return teamName === undefined ? {} : { team: teamName };
}

function begin(run: Pick<Run, 'countStep'>, ledger: BudgetAccount): void {
  run.countStep();
  ledger.assertRoom(Date.now());
  ledger.spend({ turns: 1 });
}

type Counted = Pick<CallModelResult, 'model' | 'offline' | 'usage' | 'cost'>;

function countUsage(
  run: Pick<Run, 'usage'>,
  ledger: BudgetAccount,
  { model, offline, usage, cost }: Counted,
): void {
  ledger.spend({ tokens: usage.inputTokens + usage.outputTokens, cost: cost?.amount ?? 0 });
  run.usage.modelCall(offline ? 'offline' : model, usage, cost);
}
