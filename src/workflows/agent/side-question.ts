/** A question to an agent outside of its task: it answers from its conversation, and can do nothing else meanwhile. */
import type { Entry } from '../../contracts/wire/model-call.js';
import type { Json } from '../../contracts/data/json.js';
import { indentText } from '../../contracts/data/untrusted-text.js';
import { REPAIR_LIMIT } from './ask-model.js';
import type { Run } from '../runtime/run.js';
import type { BudgetAccount } from '../runtime/budget.js';
import { callWithinBudget } from './within-budget.js';
import { buildRepairPath } from '../../contracts/data/step-path.js';

export interface SideQuestion {
  readonly agent: string;
  /** Where its conversation stands. */
  readonly head: string;
  /** The messages that say who asks. */
  readonly entries: readonly Entry[];
  readonly questions: readonly string[];
  /** Identifies this question in the run. */
  readonly path: string;
  /** Where its work stands in the run, for the timeline. */
  readonly place: string;
  readonly turn: number;
  readonly ledger: BudgetAccount;
  /** A description of the call. */
  readonly summary: string;
}

export interface SideAnswer {
  /** In the order of the questions; null for an unknown answer. Undefined when no answer is readable. */
  readonly answers: readonly Json[] | undefined;
  /** Its conversation, including this question. */
  readonly head: string;
}

/** @throws {BatonError} `BUDGET_EXCEEDED` before the model is asked; otherwise the activity's error. */
export async function askSideQuestion(run: Run, asked: SideQuestion): Promise<SideAnswer> {
  const { agent, questions, path, place, turn, ledger, summary } = asked;
  let { head, entries } = asked;
  for (let repairs = 0; ; repairs += 1) {
    const turnKey = buildRepairPath(path, repairs);
    const input = { root: run.root, turnKey, agent, head, entries, handoffs: [], questions };
    const { head: now, move } = await callWithinBudget(run, ledger, input, summary);
    head = now;
    if (move.kind === 'finish' && Array.isArray(move.output)) return { answers: move.output, head };
    const problem = move.kind === 'repair' ? move.problem : `It gave no answers, but: ${move.kind}.`;
    run.record({ kind: 'repair', agent, turn, problem }, place);
    if (repairs === REPAIR_LIMIT) return { answers: undefined, head };
    entries = [{ kind: 'repair', problem }];
  }
}

/** As a list that an agent reads; no question can pass for another. */
export function numberLines(questions: readonly string[]): string {
  return questions.map((question, index) => `${index + 1}. ${indentText(question, '   ')}`).join('\n');
}
