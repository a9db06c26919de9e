/**
 * A person as the receiver of a task: they are asked as an agent's model would be, with the same information. They own the
 * task once they accept it; the result stays open until they submit it. Waiting blocks no worker thread.
 */
import { defined } from '../../contracts/data/defined.js';
import { formatItemId } from '../../contracts/definitions/contract.js';
import type { WorkStart } from '../../contracts/wire/child-agent-input.js';
import { type Envelope } from '../../contracts/handoff/envelope.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import { createOfferIn } from '../../contracts/requests/option-wordings.js';
import type { HumanDefinition } from '../../contracts/definitions/human.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import { clip } from '../../contracts/data/preview.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import { planWaiting } from '../../contracts/definitions/waiting-times.js';
import type { AnswersBack } from '../approvals/ask-back.js';
import { waitForDecision, type Decided, type DecisionWord } from '../approvals/wait-for-decision.js';
import { renderEnvelope, renderSection } from './render-envelope.js';
import type { Run } from '../runtime/run.js';
import { numberLabel, buildPersonPath } from '../../contracts/data/step-path.js';

type AnyHuman = HumanDefinition<string, never, unknown>;

/** A task on its way to a person. */
export interface PersonsTask {
  readonly envelope: Envelope;
  readonly place: string;
  /** How often they have asked, and the answers. */
  readonly start: WorkStart;
  /** When their time is up, in milliseconds since 1970. */
  readonly ends?: number;
  /** The names that they may redirect it to. */
  readonly redirectTo: () => readonly string[];
  /** Answers their questions while the task is open. */
  readonly answers?: AnswersBack | undefined;
  /** Called when they have accepted it, with the required items that they saw. */
  readonly accepted: (items: readonly string[]) => void;
}

/**
 * Asks a person to do a task, and waits for their response.
 *
 * @throws {BatonError} `APPROVAL_EXPIRED` when their deadline passes; nothing was done.
 */
export async function runHumanTask(run: Run, person: AnyHuman, task: PersonsTask): Promise<AssignmentResult> {
  const { place: path, envelope } = task;
  const doing = clip(envelope.input, 60);
  run.beginStep(path, person.name, doing);
  try {
    const { ticket: asked, askedOf } = await askThem(run, person, task, {
      step: 'asked',
      roles: person.roles,
    });
    if (asked.option !== 'accept') return toAssignmentResult(asked, task);
    acceptTask(task);
    run.beginStep(path, person.name, `${asked.by}: ${doing}`);
    // Someone that the task escalated to may have accepted it: they can submit the result too.
    const stage = { step: 'result', takenOnBy: asked.by, roles: askedOf?.roles ?? person.roles } as const;
    return toAssignmentResult((await askThem(run, person, task, stage)).ticket, task);
  } finally {
    run.endStep(path);
  }
}

/** A person's progress with a task. */
interface Stage {
  readonly step: 'asked' | 'result';
  readonly takenOnBy?: string;
  /** The roles that may respond. */
  readonly roles: readonly string[];
}

async function askThem(
  run: Run,
  person: AnyHuman,
  task: PersonsTask,
  { step, takenOnBy, roles }: Stage,
): Promise<Decided> {
  const { place: path, redirectTo, envelope, ends } = task;
  const taken = takenOnBy === undefined ? '' : `Accepted by ${takenOnBy}; the result is open.\n\n`;
  return waitForDecision(run, {
    reason: 'handoff',
    question: person.question ?? envelope.task?.goal ?? person.goal,
    details: taken + [renderEnvelope(envelope), ...listAnswers(task)].join('\n\n'),
    askedBy: envelope.from,
    askedOf: { name: person.name, roles },
    path: buildPersonPath(path, step, task.start.turns),
    answerSchema: person.output ?? jsonSchema.SomeText,
    options:
      step === 'asked'
        ? [createOffer('accept'), ANSWER, createOffer('clarify'), createOffer('decline')]
        : [ANSWER, GIVE_BACK],
    answers: task.answers,
    redirectTo: redirectTo(),
    waits: {
      ...planWaiting(person, `human ${person.name}`),
      // The time that they spend on questions counts too.
      ...(ends === undefined ? {} : { deadlineMs: Math.max(1, ends - Date.now()) }),
    },
  });
}

/** A person who accepts the task has seen all required items. */
function acceptTask({ envelope, accepted }: PersonsTask): void {
  accepted((envelope.required ?? []).map(formatItemId));
}

function toAssignmentResult(ticket: DecisionWord, task: PersonsTask): AssignmentResult {
  const { option, to, by, reason, answer = null, questions = [] } = ticket;
  if (option === 'decline') return { kind: 'decline', reason: `${by}: ${reason ?? ''}` };
  if (option === 'clarify') return toAskBack(task, questions);
  if (to !== undefined) return { kind: 'redirected', to, by, ...defined({ reason }), done: [] };
  acceptTask(task);
  return { kind: 'finish', output: answer, preview: clip(answer) };
}

/** Their questions are answered like an agent's; then they are asked again, with the answers. */
function toAskBack({ start }: PersonsTask, questions: readonly string[]): AssignmentResult {
  const { entries, acknowledge, repairs, turns } = start;
  return {
    kind: 'clarify',
    questions,
    callId: numberLabel('clarify', turns + 1),
    entries: entries.filter(({ kind }) => kind === 'answer'),
    // A person has no conversation: the entries contain what they have seen.
    at: { head: '', turns: turns + 1, repairs, ...defined({ acknowledge }) },
  };
}

function listAnswers({ start }: PersonsTask): string[] {
  const answers = start.entries.flatMap((entry) => (entry.kind === 'answer' ? [entry.text] : []));
  return answers.length === 0 ? [] : [renderSection('You asked', answers.join('\n\n'))];
}

const ANSWER = createOfferIn('answer', 'task');
const GIVE_BACK = createOfferIn('decline', 'taken');
