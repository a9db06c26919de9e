/** A person decides on what nothing else has mended: with the failure report, and what each choice leads to. */
import type { RecoveryPerson } from '../../contracts/definitions/agent.js';
import type { RequestOption } from '../../contracts/requests/approval.js';
import { BatonError } from '../../contracts/errors.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import { waitingPlan } from '../../contracts/definitions/waiting-times.js';
import { ask, type Word } from '../approvals/wait-for-decision.js';
import { section } from '../task/render-envelope.js';
import { askedWhenStuck } from '../approvals/escalation-policy.js';
import type { Next } from '../task/task.js';
import { firstOf, lastOf } from '../task/attempts.js';
import { again, candidates, noteStep, reportOn, resolved, type Failing } from './failing-task.js';
import { renderReport } from './render-report.js';

/** How the task goes on; undefined when nobody decided in time. */
export async function askPerson(
  failing: Failing,
  person: RecoveryPerson,
  why: string | undefined,
): Promise<Next | undefined> {
  const { run, recovering } = failing;
  const { party } = firstOf(recovering);
  const { party: last, error, place } = lastOf(recovering);
  noteStep(failing, 'person');
  try {
    const { ticket } = await ask(run, {
      ...askedWhenStuck(run, 'recovery-exhausted', {
        roles: person.roles,
        waits: waitingPlan(person, 'recovery.person'),
      }),
      question: `${last.name} failed (${error.code}), and nothing has mended it. What is to be done?`,
      details: [why === undefined ? '' : section('Why you are asked', why), renderReport(reportOn(failing))]
        .filter((part) => part !== '')
        .join('\n\n'),
      askedBy: last.name,
      path: `${place}/recovery`,
      answerSchema: party.output ?? jsonSchema.SomeText,
      options: options(party.name),
      redirectTo: candidates(failing)
        .filter((candidate) => candidate !== party)
        .map(({ name }) => name),
    });
    return goOn(failing, ticket);
  } catch (error_) {
    if (error_ instanceof BatonError && error_.code === 'APPROVAL_EXPIRED') return undefined;
    throw error_;
  }
}

function goOn(failing: Failing, { option, to: named, by, reason, answer }: Word): Next | undefined {
  if (option === 'answer') {
    noteStep(failing, 'resolved', by);
    return resolved(failing, answer, by);
  }
  const { party } = firstOf(failing.recovering);
  const to = candidates(failing).find(({ name }) => name === named) ?? party;
  noteStep(failing, 'retry', to.name);
  return again(failing, {
    to,
    by: 'person',
    advice: reason,
    ...(named === undefined ? {} : { redirectedBy: `${by}.` }),
  });
}

function options(agent: string): RequestOption[] {
  return [
    {
      id: 'retry',
      label: 'Try again',
      consequence: `${agent} gets the task once more, with what went wrong and what you advise.`,
    },
    {
      id: 'answer',
      label: 'Answer yourself',
      consequence: `Your answer is the result, in ${agent}'s place.`,
    },
  ];
}
