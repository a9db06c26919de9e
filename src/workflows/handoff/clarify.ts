/**
 * A receiver asks before it accepts a task. The sender's conversation is resumed only for the answers. A person is asked
 * what the sender does not know.
 */
import { defined } from '../../contracts/data/defined.js';
import { createOfferIn } from '../../contracts/requests/option-wordings.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import type { Clarified } from '../../contracts/wire/timeline.js';
import { formatAnswer } from '../../contracts/handoff/answers.js';
import type { AnsweredQuestion } from '../../contracts/handoff/envelope.js';
import { mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import { waitForDecision } from '../approvals/wait-for-decision.js';
import type { Run } from '../runtime/run.js';
import { askSenderBeside } from '../task/dispatch.js';
import { findEscalationPolicy } from '../approvals/escalation-policy.js';
import { continueTask, type Sender, type Task } from '../task/task.js';
import { buildClarifyPath, buildQuestionPath } from '../../contracts/data/step-path.js';

/** How often a receiver may ask. */
const CLARIFICATION_LIMIT = 2;

/**
 * The receiver's task, continued with the answers.
 *
 * @throws {BatonError} `HANDOFF_UNCLEAR` when it asks a third time; its work on the task has not started.
 */
export async function clarifyTask(
  run: Run,
  task: Task,
  { questions, callId, entries, at }: Extract<AssignmentResult, { kind: 'clarify' }>,
): Promise<Task> {
  const { agent, envelope, place } = task;
  const round = task.rounds + 1;
  if (round > CLARIFICATION_LIMIT) {
    throw new BatonError(
      'HANDOFF_UNCLEAR',
      `${agent.name} still asks after ${CLARIFICATION_LIMIT} rounds, and has not accepted the task of ${envelope.from}: ${questions.join(' ')}`,
      { agent: agent.name, from: envelope.from, handoff: envelope.id, questions },
    );
  }
  const asked = { run, task, questions, path: buildClarifyPath(place, round) };
  const { answers: told, sender } = await askSender(asked, task.sender);
  const answers: Clarified[] = [];
  for (const [index, question] of questions.entries()) {
    const answer = told[index];
    answers.push(
      typeof answer === 'string' && answer.trim() !== ''
        ? { question, answer, by: envelope.from, identity: 'agent' }
        : await askPerson(asked, question, index),
    );
  }
  run.record({ kind: 'clarification', handoff: envelope.id, by: agent.name, round, answers }, place);
  const text = toAnswered(answers)
    .map((answered, index) => `${index + 1}. ${formatAnswer(answered)}`)
    .join('\n');
  const next = continueTask(addAnswersTo(task, answers), at, [...entries, { kind: 'answer', callId, text }]);
  const known = sender && { ...sender, task: addAnswersTo(sender.task, answers) };
  return { ...next, rounds: round, ...defined({ sender: known }) };
}

/** Answers are settled facts, so a later receiver does not ask the same question again. */
function addAnswersTo(task: Task, answers: readonly Clarified[]): Task {
  const { envelope } = task;
  const answered = toAnswered(answers);
  return { ...task, envelope: { ...envelope, carried: mergeSettledFacts(envelope.carried, { answered }) } };
}

function toAnswered(answers: readonly Clarified[]): AnsweredQuestion[] {
  return answers.map(({ question, answer, by, identity }) => ({
    question,
    answer,
    ...(identity === undefined ? {} : { saidBy: { by, identity } }),
  }));
}

interface Asked {
  readonly run: Run;
  readonly task: Task;
  readonly questions: readonly string[];
  readonly path: string;
}

/** Code cannot be asked about its task. An agent can, and its conversation continues with the question. */
async function askSender(
  { run, task, questions, path }: Asked,
  sender: Sender | undefined,
): Promise<{ readonly answers: readonly Json[]; readonly sender: Sender | undefined }> {
  if (sender === undefined) return { answers: [], sender };
  const { name: by } = task.agent;
  const why = `Not accepted yet: ${by} asks first.`;
  const { answers = [], head } = await askSenderBeside(run, sender, { why, by, questions, path });
  // This answers its call, so it learns about the result of the handoff in a message.
  return { answers, sender: { ...sender, at: { ...sender.at, head }, callId: undefined, entries: [] } };
}

async function askPerson({ run, task, path }: Asked, question: string, index: number): Promise<Clarified> {
  const { agent, envelope } = task;
  const { ticket } = await waitForDecision(run, {
    ...findEscalationPolicy(run, 'clarification'),
    question,
    details: `${agent.name} asks before it accepts the task of ${envelope.from}${task.sender ? ', which gave no answer' : ''}.`,
    askedBy: agent.name,
    path: buildQuestionPath(path, index),
    answerSchema: jsonSchema.SomeText,
    options: [createOfferIn('answer', 'clarification', { askedBy: agent.name })],
  });
  const { answer, by, identity = 'claimed' } = ticket;
  task.standing.loops.noteResult(`answer at ${buildQuestionPath(path, index)}`);
  return { question, answer: typeof answer === 'string' ? answer : JSON.stringify(answer), by, identity };
}
