/**
 * An agent at work: ask the model, carry out what it asks for, ask again, until it finishes or hands over. The
 * workflow holds only where the conversation stands; one model call is one activity, one tool call is one activity.
 */
import { CancellationScope } from '@temporalio/workflow';
import type { CallModelResult, Entry, Move, RequestedCall } from '../contracts/activities.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import type { AssignmentResult } from '../contracts/wire.js';
import { callModel } from './activity-calls.js';
import { fromFailure } from './failures.js';
import type { ToolDefinition } from '../contracts/tool.js';
import { performRequested } from './perform.js';
import { Redirection } from './redirection.js';
import type { Run } from './run.js';
import { nameAt } from './scope.js';

/** How often an agent may correct an answer that cannot be used. */
export const REPAIR_LIMIT = 2;

export interface Assignment {
  readonly agent: string;
  readonly maxTurns: number;
  /** The contracts, as `name@version`, by which the agent may hand over. */
  readonly handoffs: readonly string[];
  readonly input: Json;
  /** Who handed control over, when it was a handoff. */
  readonly handedOverBy?: string;
  /** The person who moved the task here, and why. */
  readonly redirectedBy?: string;
  /** To whom a person may move the task, by name. Worked out only when a person is asked. */
  readonly redirectTo: () => readonly string[];
  readonly path: string;
  /** Called when the agent has given its first answer: it has taken the task on. */
  readonly accepted?: () => void;
  /** The agent's tools, where this workflow knows them: a person may edit the arguments of these. */
  readonly tools?: readonly ToolDefinition[];
}

/**
 * Works on one assignment until the agent finishes or hands over.
 *
 * @throws {BatonError} `OUTPUT_INVALID` after two repair turns, `TURN_LIMIT`, or what the model or a tool failed with.
 */
export async function work(run: Run, assignment: Assignment): Promise<AssignmentResult> {
  const { agent, path } = assignment;
  let head: string | null = null;
  let entries: readonly Entry[] = [
    {
      kind: 'task',
      input: assignment.input,
      ...(assignment.handedOverBy === undefined ? {} : { handedOverBy: assignment.handedOverBy }),
      ...(assignment.redirectedBy === undefined ? {} : { redirectedBy: assignment.redirectedBy }),
    },
  ];
  let repairs = 0;
  run.begins(path, agent, preview(assignment.input, 60));
  try {
    for (let turn = 1; turn <= assignment.maxTurns; turn += 1) {
      const answer = await askModel(run, assignment, turn, head, entries);
      noteTurn(run, assignment, turn, answer);
      if (turn === 1) assignment.accepted?.();
      head = answer.head;
      const { move } = answer;
      if (move.kind === 'finish' || move.kind === 'handoff') return move;
      if (move.kind === 'repair') {
        repairs += 1;
        run.record({ kind: 'repair', agent, turn, problem: preview(move.problem, 300) }, path);
        if (repairs > REPAIR_LIMIT) throw outputInvalid(agent, path, move.problem);
        entries = move.entries;
      } else {
        entries = [...move.refused, ...(await carryOut(run, assignment, head, move.calls))];
      }
    }
  } catch (error) {
    if (!(error instanceof Redirection)) throw fromFailure(error);
    const { to, by, reason } = error;
    const done = run.effects.below(path);
    return { kind: 'redirected', to, by, ...(reason === undefined ? {} : { reason }), done };
  } finally {
    run.ends(path);
  }
  throw new BatonError(
    'TURN_LIMIT',
    `Agent ${agent} (${path}) did not finish within ${assignment.maxTurns} turns. Raise its maxTurns, or narrow its task.`,
    { agent, path, maxTurns: assignment.maxTurns },
  );
}

function askModel(
  run: Run,
  { agent, path, input, handoffs }: Assignment,
  turn: number,
  head: string | null,
  entries: readonly Entry[],
): Promise<CallModelResult> {
  run.step();
  return callModel(
    { root: run.root, turnKey: `${path}/turn-${turn}`, agent, head, entries, handoffs },
    `${nameAt(agent, path)}: turn ${turn}${turn === 1 ? `, ${preview(input, 80)}` : ''}`,
  );
}

function noteTurn(run: Run, { agent, path }: Assignment, turn: number, answer: CallModelResult): void {
  const { model, move, usage, cost } = answer;
  run.used.modelCall(answer.offline ? 'offline' : model, usage, cost);
  run.record(
    { kind: 'turn', agent, turn, model, move: describe(move), ...usage, ...(cost ? { cost } : {}) },
    path,
  );
}

/**
 * All tool calls of one answer are carried out at once; their results come back in the order they were asked for.
 * When a person gives the task to somebody else, what still waits is withdrawn; what has begun comes to its end.
 */
async function carryOut(
  run: Run,
  assignment: Assignment,
  head: string,
  calls: readonly RequestedCall[],
): Promise<Entry[]> {
  const { agent, path, redirectTo, tools = [] } = assignment;
  const scope = new CancellationScope();
  return scope.run(async () => {
    const running = calls.map((call, index) =>
      performRequested(run, {
        call,
        head,
        agent,
        redirectTo,
        tool: tools.find((tool) => tool.name === call.tool),
        // The head is a hash of all that was said before, so the same call after a reset has the same name.
        path: `${path}/${call.tool}-${head.slice(0, 8)}-${index}`,
      }),
    );
    try {
      return await Promise.all(running);
    } catch (error) {
      if (error instanceof Redirection) {
        scope.cancel();
        await Promise.allSettled(running);
      }
      throw error;
    }
  });
}

function describe(move: Move): string {
  switch (move.kind) {
    case 'finish':
      return `finished: ${move.preview}`;
    case 'handoff':
      return `hands over to ${move.to}`;
    case 'tools':
      return `calls ${move.calls.map((call) => `${call.tool}(${preview(call.preview, 60)})`).join(', ') || 'nothing that may be carried out'}`;
    case 'repair':
      return `unusable: ${preview(move.problem, 80)}`;
  }
}

function outputInvalid(agent: string, path: string, problem: string): BatonError {
  return new BatonError(
    'OUTPUT_INVALID',
    `Agent ${agent} (${path}) gave no usable answer in ${REPAIR_LIMIT + 1} tries. The last problem: ${preview(problem, 400)}`,
    { agent, path, problem },
  );
}
