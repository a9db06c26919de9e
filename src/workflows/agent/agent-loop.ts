/**
 * An agent at work: ask the model, carry out what it asks for, ask again, until it finishes or hands off. The
 * workflow holds only where the conversation stands; one model call is one activity, one tool call is one activity.
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
  /** To whom a person may move the task, by name. Worked out only when a person is asked. */
  readonly redirectTo: () => readonly string[];
  /** What it may use; default: what the run has left. */
  readonly ledger?: BudgetAccount;
  /** Called with what names a result, when a tool gave one or a person decided. */
  readonly learned?: (result: string) => void;
  /** Called when the agent has taken the task on, with the required items that it named, and whether its work is over with it. */
  readonly accepted?: (items: readonly string[], isOver?: boolean) => void;
  /** The agent's tools, where this workflow knows them: a person may edit the arguments of these. */
  readonly tools?: readonly ToolDefinition[];
}

/**
 * Works on one assignment until the agent finishes, hands off, or does not take the task on.
 *
 * @throws {BatonError} `OUTPUT_INVALID` after two repair turns, `TURN_LIMIT`, `BUDGET_EXCEEDED`, or what the model or a tool failed with.
 */
export async function runAgent(run: Run, assignment: Assignment): Promise<AssignmentResult> {
  const { agent, path, start } = assignment;
  let { head, entries, acknowledge, repairs } = start;
  // Where nothing is to be acknowledged, the first answer that can be used takes the task on.
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

/** With these the agent has another turn. */
const GOES_ON: ReadonlySet<Answer['move']['kind']> = new Set(['repair', 'acknowledged', 'tools']);

/** Responsibility moves with this answer, and with nothing less. */
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
 * All tool calls of one answer are carried out at once; their results come back in the order they were asked for.
 * When a person gives the task to somebody else, or it fails, what still waits is withdrawn; what has begun and cannot be
 * undone comes to its end.
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
        // The head is a hash of all that was said before, so the same call after a reset has the same name.
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
