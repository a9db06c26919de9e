/**
 * The loop of an agent: ask the model, run the tool calls that it requests, ask again, until it finishes or hands off. The
 * workflow keeps only the position of the conversation. Each model call and each tool call is one activity.
 */
import { defined } from '../../contracts/data/defined.js';
import type { AwaitedAcknowledgement, Entry } from '../../contracts/wire/model-call.js';
import { CancellationScope } from '@temporalio/workflow';
import type { RequestedCall } from '../../contracts/wire/activities.js';
import { BatonError, createOutputError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import { askModel, REPAIR_LIMIT, readTask, type Answer, type Asked } from './ask-model.js';
import { fromFailure } from '../runtime/failures.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import { MemoryView } from '../tools/memory-view.js';
import { runModelToolCall } from './model-tool-call.js';
import { Redirection } from '../tools/ask-before-tool.js';
import type { Run } from '../runtime/run.js';
import type { BudgetAccount } from '../runtime/budget.js';
import { buildToolCallPath } from '../../contracts/data/step-path.js';

export interface Assignment extends Omit<Asked, 'ledger'> {
  readonly maxTurns: number;
  /** The names of the participants that a person may move the task to. Computed only when a person is asked. */
  readonly redirectTo: () => readonly string[];
  /** The agent's budget account; default: what the run has left. */
  readonly ledger?: BudgetAccount;
  /** Called with the identity of a result, when a tool returned one or a person decided. */
  readonly learned?: (result: string) => void;
  /** Called when the agent has accepted the task, with the required items that it named, and whether this ends its work. */
  readonly accepted?: (items: readonly string[], isOver?: boolean) => void;
  /** The agent's tools, when this workflow knows them: a person may edit the arguments of these. */
  readonly tools?: readonly ToolDefinition[];
}

/**
 * Works on one assignment until the agent finishes, hands off, or does not accept the task.
 *
 * @throws {BatonError} `OUTPUT_INVALID` after two repair turns, `TURN_LIMIT`, `BUDGET_EXCEEDED`, or the error of the model
 * or a tool.
 */
export async function runAgent(run: Run, assignment: Assignment): Promise<AssignmentResult> {
  const { agent, path, start } = assignment;
  let { head, entries, acknowledge, repairs } = start;
  // Without an acknowledgement, the first usable answer accepts the task.
  let taken = acknowledge === undefined && start.turns > 0;
  const memory = new MemoryView(start.memory);
  const asked = { ledger: run.budget, ...assignment };
  run.beginStep(path, agent, clip(readTask(start), 60));
  try {
    for (let turn = start.turns + 1; turn <= assignment.maxTurns; turn += 1) {
      const answer = await askModel(run, asked, { turn, head, entries, acknowledge });
      head = answer.head;
      const { move } = answer;
      if (!taken && acceptTask(answer, acknowledge)) {
        taken = true;
        acknowledge = undefined;
        assignment.accepted?.(answer.acknowledged ?? [], !GOES_ON.has(move.kind));
      }
      if (move.kind === 'repair') {
        repairs += 1;
        if (repairs > REPAIR_LIMIT) throw createOutputInvalidError(agent, path, move.problem);
        entries = move.entries;
      } else if (move.kind === 'acknowledged') {
        entries = move.entries;
      } else if (move.kind === 'tools') {
        entries = [
          ...move.refused,
          ...(await runToolCalls(run, assignment, { head, turn, calls: move.calls, memory })),
        ];
      } else {
        const awaited = acknowledge === undefined ? {} : { acknowledge };
        const known = memory.state === undefined ? {} : { memory: memory.state };
        return { ...move, at: { head, turns: turn, repairs, ...awaited, ...known } };
      }
    }
  } catch (error) {
    if (!(error instanceof Redirection)) throw fromFailure(error);
    const { to, by, reason } = error;
    const done = run.effects.below(path);
    return { kind: 'redirected', to, by, ...defined({ reason }), done };
  } finally {
    run.endStep(path);
  }
  throw createOutOfTurnsError(assignment);
}

/** After these moves the agent has another turn. */
const GOES_ON: ReadonlySet<Answer['move']['kind']> = new Set(['repair', 'acknowledged', 'tools']);

/** Only this answer moves responsibility. */
function acceptTask({ acknowledged, move }: Answer, awaited: AwaitedAcknowledgement | undefined): boolean {
  if (awaited !== undefined) return acknowledged !== undefined;
  return move.kind !== 'repair' && move.kind !== 'decline';
}

/** The tool calls of one answer. */
interface Called {
  readonly head: string;
  readonly turn: number;
  readonly calls: readonly RequestedCall[];
  readonly memory: MemoryView;
}

/**
 * Runs all tool calls of one answer at once and returns their results in the order of the calls. When a person moves the
 * task to another owner, or a call fails, the pending calls are withdrawn. An irreversible action that has started is
 * completed.
 */
async function runToolCalls(run: Run, assignment: Assignment, { calls, ...at }: Called): Promise<Entry[]> {
  const { agent, path, redirectTo, tools = [], permissions = [], learned = () => {} } = assignment;
  const { ledger = run.budget } = assignment;
  const scope = new CancellationScope();
  return scope.run(async () => {
    const running = calls.map((call, index) =>
      runModelToolCall(run, {
        ...at,
        call,
        agent,
        place: path,
        ledger,
        redirectTo,
        permissions,
        learned,
        tool: tools.find((tool) => tool.name === call.tool),
        // The head is a hash of the whole conversation so far, so the same call has the same name after a reset.
        path: buildToolCallPath(path, { tool: call.tool, head: at.head, index }),
      }),
    );
    try {
      return await Promise.all(running);
    } catch (error) {
      scope.cancel();
      await Promise.allSettled(running);
      throw error;
    }
  });
}

function createOutputInvalidError(agent: string, path: string, problem: string): BatonError {
  return createOutputError(
    `Agent ${agent} (${path}) gave no usable answer in ${REPAIR_LIMIT + 1} tries. The last problem: ${clip(problem, 400)}`,
    { agent, path, problem },
  );
}

function createOutOfTurnsError({ agent, path, maxTurns }: Assignment): BatonError {
  return new BatonError(
    'TURN_LIMIT',
    `Agent ${agent} (${path}) did not finish within ${maxTurns} turns. Raise its maxTurns, or narrow its task.`,
    { agent, path, maxTurns },
  );
}
