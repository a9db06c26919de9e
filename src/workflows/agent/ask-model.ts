/** Asks an agent's model for its next answer, and records the result in the run's timeline. */
import { defined } from '../../contracts/data/defined.js';
import type { AwaitedAcknowledgement, Entry } from '../../contracts/wire/model-call.js';
import type { WorkStart } from '../../contracts/wire/child-agent-input.js';
import type { CallModelResult, Move } from '../../contracts/wire/activities.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import type { Run } from '../runtime/run.js';
import type { BudgetAccount } from '../runtime/budget.js';
import { callWithinBudget, summarizeWithinBudget } from './within-budget.js';
import { formatNameAt, buildTurnPath } from '../../contracts/data/step-path.js';

/** How often an agent may repair an unusable answer. */
export const REPAIR_LIMIT = 2;

/** Which agent is asked, and its place in the run. */
export interface Asked {
  readonly agent: string;
  readonly path: string;
  /** Where its work starts or continues. */
  readonly start: WorkStart;
  /** The contracts, as `name@version`, that the agent may hand off by. */
  readonly handoffs: readonly string[];
  /** The agent's permissions for its task. By default it may do nothing that needs a permission. */
  readonly permissions?: readonly string[];
  /** The confidence of the routing that assigned the task, when a policy of the team considers it. */
  readonly routed?: number;
  /** Its budget account. */
  readonly ledger: BudgetAccount;
}

/** A short description of the agent's task. */
export function readTask({ entries: [first] }: WorkStart): Json {
  if (first === undefined) return 'goes on';
  if (first.kind === 'said') return first.text;
  return first.kind === 'task' ? first.input : 'goes on';
}

/** Where the conversation stands when the model is asked. */
export interface Asking {
  readonly turn: number;
  readonly head: string | null;
  readonly entries: readonly Entry[];
  readonly acknowledge: AwaitedAcknowledgement | undefined;
}

/** An agent's answer. */
export type Answer = Omit<CallModelResult, 'move'> & { readonly move: Exclude<Move, NeedsSummary> };
type NeedsSummary = Extract<Move, { kind: 'needs-summary' }>;

/**
 * One turn of an agent. When its conversation starts with another agent's conversation that does not fit, a summary is made
 * first.
 *
 * @throws the activity's error; `STORE_MISSING` when the summary is not in this agent's store.
 */
export function askModel(run: Run, asked: Asked, asking: Asking): Promise<Answer> {
  // Every turn runs this code, and each promise in the sandbox costs a stack trace, so only one is created.
  return askOnce(run, asked, asking).then((answer) => {
    const { move } = answer;
    return move.kind === 'needs-summary' ? askAfterSummary(run, asked, asking, move) : { ...answer, move };
  });
}

async function askAfterSummary(
  run: Run,
  asked: Asked,
  asking: Asking,
  needed: NeedsSummary,
): Promise<Answer> {
  // There are at most two conversations: the sender's, and the receiver's own.
  for (let missing = needed, times = 0; times < 2; times += 1) {
    await summarize(run, asked, missing);
    const { move, ...answer } = await askOnce(run, asked, asking);
    if (move.kind !== 'needs-summary') return { ...answer, move };
    missing = move;
  }
  throw new BatonError(
    'STORE_MISSING',
    `The summary that ${asked.agent} (${asked.path}) needs was made, but is not in the store. Do all workers use the same store?`,
    { agent: asked.agent, path: asked.path },
  );
}

/** Shortens the sender's conversation if it does not fit, once for each conversation. */
async function summarize(
  run: Run,
  { agent, path, ledger }: Asked,
  { of: head, maxTokens }: NeedsSummary,
): Promise<void> {
  await summarizeWithinBudget(
    run,
    ledger,
    { root: run.root, path, head, agent, maxTokens },
    `for ${formatNameAt(agent, path)}: at most ${maxTokens} tokens`,
  );
}

function askOnce(
  run: Run,
  { agent, path, start, handoffs, permissions = [], routed, ledger }: Asked,
  { turn, head, entries, acknowledge }: Asking,
): Promise<CallModelResult> {
  const task = turn === 1 ? `, ${clip(readTask(start), 80)}` : '';
  return callWithinBudget(
    run,
    ledger,
    {
      root: run.root,
      turnKey: buildTurnPath(path, turn),
      agent,
      head,
      entries,
      handoffs,
      ...(permissions.length > 0 ? { permissions } : {}),
      ...defined({ acknowledge, routed }),
    },
    `${formatNameAt(agent, path)}: turn ${turn}${task}`,
  );
}
