/** Starts an agent's work on a task: in this workflow, or in a child workflow. */
import { askSideQuestion, numberLines, type SideAnswer, type SideQuestion } from '../agent/side-question.js';
import type { Entry } from '../../contracts/wire/model-call.js';
import type { AnswersBack } from '../approvals/ask-back.js';
import { createUnreadableEnd } from '../agent/answer-back.js';
import { defined } from '../../contracts/data/defined.js';
import type { ChildAgentInput } from '../../contracts/wire/child-agent-input.js';
import { executeChild, workflowInfo } from '@temporalio/workflow';
import { assertSendable } from '../../contracts/data/sendable.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { needsConfidence } from '../../contracts/definitions/confidence.js';
import { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import { toSummaryText } from '../../contracts/data/within-bytes.js';
import { CHILD_AGENT, type AssignmentResult, type ChildAgentResult } from '../../contracts/wire/wire.js';
import { fromFailure } from '../runtime/failures.js';
import { runHumanTask } from './human-task.js';
import type { Run } from '../runtime/run.js';
import { takeUsage } from './child-agent-usage.js';
import { toSpending } from '../runtime/budget.js';
import { runAgent, type Assignment } from '../agent/agent-loop.js';
import { listOfferedContracts } from './contract-lookup.js';
import { listEligible } from './redirect.js';
import type { Task, Sender } from './task.js';
import { runWithinTime } from '../runtime/deadline.js';

/** @throws {BatonError} the error of the agent's work. */
export function dispatchTask(
  run: Run,
  task: Task,
  accepted: (items: readonly string[]) => void,
): Promise<AssignmentResult> {
  const { agent, place, start, standing } = task;
  const redirectTo = (): string[] =>
    listEligible(run, agent, task.envelope.input).map(({ party }) => party.name);
  const { ledger, loops, permissions } = standing;
  const learned = (result: string): void => loops.noteResult(result);
  if (agent.kind === 'human') {
    return runWithinTime(run, ledger, async () => {
      const answers = createSenderAnswers(run, task.sender);
      const result = await runHumanTask(run, agent, { ...task, redirectTo, accepted, answers });
      learned(`${agent.name} at ${place}`);
      return result;
    });
  }
  const assignment: Assignment = {
    agent: agent.name,
    // Extra turns to read the handoffs that were sent back, and the answers that the agent got before it started.
    maxTurns: agent.maxTurns + task.sentBack + task.rounds,
    handoffs: listOfferedContracts(run, agent),
    redirectTo,
    start,
    path: place,
    permissions,
    ...readRouted(run, task),
    accepted,
    learned,
  };
  return agent.runs === 'child'
    ? dispatchToChild(run, task, assignment)
    : runWithinTime(run, ledger, () => runAgent(run, { ...assignment, ledger, tools: agent.tools }));
}

/** Passed only when a policy considers it: in other runs, agents do not state their confidence. */
function readRouted({ team }: Pick<Run, 'team'>, { envelope, agent }: Task): Pick<Assignment, 'routed'> {
  const { confidence } = envelope.routing;
  const tools = agent.kind === 'agent' ? agent.tools : [];
  const looked = team !== undefined && tools.some((tool) => needsConfidence(team.approvals, tool));
  return looked && confidence !== undefined ? { routed: confidence } : {};
}

/** A child agent: it has its own history, its requests are decided at its own id, and the root mirrors them. */
async function dispatchToChild(run: Run, task: Task, assignment: Assignment): Promise<AssignmentResult> {
  const { workflowId } = workflowInfo();
  const { accepted, tools: _tools, ledger: _ledger, learned, redirectTo, ...plain } = assignment;
  const { place, start, envelope, standing } = task;
  const { loan, settle } = standing.ledger.lend(run.scopes.beside);
  const input: ChildAgentInput = {
    v: 1,
    ...plain,
    redirectTo: redirectTo(),
    loan,
    root: run.root,
    origin: run.origin.of(place),
    ...pickMessages(run),
    rootRun: run.rootRun,
    workflow: run.workflow,
    ...defined({ team: run.teamName }),
  };
  const bytes = assertSendable(`The prompt of ${assignment.agent} (${place})`, input);
  const hash = digest({ root: run.root, path: place, turns: start.turns }).slice(0, 8);
  const childId = `${workflowId}/${assignment.agent}-${hash}`;
  run.countStep();
  run.beginStep(place, assignment.agent, `workflow ${childId}`);
  run.childAgents.begins(childId, accepted);
  try {
    const result = (await run.home.with(bytes, (home) =>
      executeChild(CHILD_AGENT, {
        workflowId: childId,
        args: [{ ...input, home }, ...run.story.take()],
        staticSummary: toSummaryText(`${assignment.agent}: ${clip(envelope.input, 80)}`),
      }),
    )) as ChildAgentResult;
    // Its signal may arrive only after its result.
    run.tell({ kind: 'child-answered', path: place, agent: assignment.agent, move: result.result });
    if (result.acknowledged !== undefined) accepted?.(result.acknowledged);
    run.usage.add(result);
    settle(toSpending(result));
    for (const name of result.learned ?? []) learned?.(name);
    run.origin.add(result.read ?? []);
    return result.result;
  } catch (error) {
    // If its usage is unknown, everything that it was lent counts as used.
    const known = takeUsage(run, place, fromFailure(error), (account) => {
      settle(toSpending(account));
      if (account.acknowledged !== undefined) accepted?.(account.acknowledged);
    });
    // A person who aborts the run at a child agent's request ends all of it.
    if (known instanceof BatonError && known.code === 'ABORTED') return await run.abort(known);
    throw known;
  } finally {
    run.childAgents.ends(childId);
    run.endStep(place);
  }
}

/** The messages that wait for an answer, and their effect on requests. */
function pickMessages({ requests }: Pick<Run, 'requests'>): Pick<ChildAgentInput, 'heard' | 'withdraws'> {
  const { unanswered, withdraw } = requests.messages;
  const heard = unanswered();
  return {
    ...(heard.length === 0 ? {} : { heard: [...heard] }),
    ...(withdraw ? { withdraws: true as const } : {}),
  };
}

/** Answers from the agent that handed a task to a person; undefined when the orchestration's own code did. */
function createSenderAnswers(run: Run, sender: Sender | undefined): AnswersBack | undefined {
  if (sender === undefined) return undefined;
  const agent = sender.task.agent.name;
  return async ({ questions, by }, path) => {
    const why = `Not done yet: ${by}, who has the task before them, asks first.`;
    const { answers } = await askSenderBeside(run, sender, { why, by, questions, path });
    return answers === undefined ? createUnreadableEnd(agent) : { answers, by: agent };
  };
}

/** Asks a task's sender a side question: their conversation continues with it. */
export function askSenderBeside(
  run: Run,
  { task: { agent, place, standing }, at, callId, entries }: Sender,
  asked: Pick<SideQuestion, 'questions' | 'path'> & { readonly why: string; readonly by: string },
): Promise<SideAnswer> {
  const { why, by, questions, path } = asked;
  const text = `${why}\n${numberLines(questions)}`;
  const entry: Entry =
    callId === undefined ? { kind: 'repair', problem: text } : { kind: 'answer', callId, text };
  return askSideQuestion(run, {
    agent: agent.name,
    head: at.head,
    entries: [...entries, entry],
    questions,
    path,
    place,
    turn: at.turns,
    ledger: standing.ledger,
    summary: `${agent.name}: answers ${clip(by, 60)}`,
  });
}
