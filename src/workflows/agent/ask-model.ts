/** Asks an agent's model for its next answer, and tells the run's timeline what came of it. */
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

/** How often an agent may correct an answer that cannot be used. */
export const REPAIR_LIMIT = 2;

/** Who is asked, and where in the run. */
export interface Asked {
  readonly agent: string;
  readonly path: string;
  /** Where its work begins, or goes on. */
  readonly start: WorkStart;
  /** The contracts, as `name@version`, by which it may hand off. */
  readonly handoffs: readonly string[];
  /** What it may do with its task; nothing that needs a permission without. */
  readonly permissions?: readonly string[];
  /** How sure the routing was that gave it the task, where a policy of the team looks at it. */
  readonly routed?: number;
  /** What it may use. */
  readonly ledger: BudgetAccount;
}

/** What an agent is at, in a few words. */
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

/** What an agent answered when it was asked. */
export type Answer = Omit<CallModelResult, 'move'> & { readonly move: Exclude<Move, NeedsSummary> };
type NeedsSummary = Extract<Move, { kind: 'needs-summary' }>;

/**
 * One turn of an agent. Where its conversation begins with somebody else's that does not fit, a summary is made first.
 *
 * @throws what the activity fails with; `STORE_MISSING` where the summary is not in this agent's store.
 */
export function askModel(run: Run, asked: Asked, asking: Asking): Promise<Answer> {
  // Every turn comes by here, and each promise in the sandbox costs a stack trace: so there is one.
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
  // At most of two conversations: the sender's, and the receiver's own.
  for (let missing = needed, times = 0; times < 2; times += 1) {
    await summarize(run, asked, missing);
    const { move, ...answer } = await askOnce(run, asked, asking);
    if (move.kind !== 'needs-summary') return { ...answer, move };
    missing = move;
  }
  throw new BatonError(
    'STORE_MISSING',
    `The summary that ${asked.agent} (${asked.path}) is to be shown was made, and is not in the store. Do all workers use the same store?`,
    { agent: asked.agent, path: asked.path },
  );
}

/** What does not fit of the sender's conversation is made shorter, once for each conversation. */
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
