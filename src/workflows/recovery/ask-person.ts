/**
 * A person decides about a failure that no other recovery step fixed. They see the failure report and the consequence of
 * each option.
 */
import type { RecoveryPerson } from '../../contracts/definitions/agent.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import { createOfferIn } from '../../contracts/requests/option-wordings.js';
import { BatonError } from '../../contracts/errors.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import { planWaiting } from '../../contracts/definitions/waiting-times.js';
import { waitForDecision, type DecisionWord } from '../approvals/wait-for-decision.js';
import { renderSection } from '../task/render-envelope.js';
import { findEscalationPolicy } from '../approvals/escalation-policy.js';
import type { Next } from '../task/task.js';
import { getFirst, getLast } from '../task/attempts.js';
import { retryWith, listCandidates, noteStep, createReport, resolve, type Failing } from './failing-task.js';
import { renderReport } from './render-report.js';
import { buildRecoveryPath } from '../../contracts/data/step-path.js';

/** How the task continues; undefined when no one decided in time. */
export async function askPerson(
  failing: Failing,
  person: RecoveryPerson,
  why: string | undefined,
): Promise<Next | undefined> {
  const { run, recovering } = failing;
  const { party } = getFirst(recovering);
  const { party: last, error, place } = getLast(recovering);
  noteStep(failing, 'person');
  try {
    const { ticket } = await waitForDecision(run, {
      ...findEscalationPolicy(run, 'recovery-exhausted', {
        roles: person.roles,
        waits: planWaiting(person, 'recovery.person'),
      }),
      question: `${last.name} failed (${error.code}), and recovery did not fix it. How should it continue?`,
      details: [
        why === undefined ? '' : renderSection('Why you are asked', why),
        renderReport(createReport(failing)),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
      askedBy: last.name,
      path: buildRecoveryPath(place),
      answerSchema: party.output ?? jsonSchema.SomeText,
      options: [createOffer('retry'), createOfferIn('answer', 'recovery')],
      redirectTo: listCandidates(failing)
        .filter((candidate) => candidate !== party)
        .map(({ name }) => name),
    });
    return goOn(failing, ticket);
  } catch (error_) {
    if (error_ instanceof BatonError && error_.code === 'APPROVAL_EXPIRED') return undefined;
    throw error_;
  }
}

function goOn(failing: Failing, ticket: DecisionWord): Next | undefined {
  const { option, to: named, by, identity = 'claimed', reason, answer } = ticket;
  if (option === 'answer') {
    noteStep(failing, 'resolved', by);
    return resolve(failing, answer, by);
  }
  const { party } = getFirst(failing.recovering);
  const to = listCandidates(failing).find(({ name }) => name === named) ?? party;
  noteStep(failing, 'retry', to.name);
  return retryWith(failing, {
    to,
    by: 'person',
    advice: reason === undefined ? undefined : { text: reason, by, identity },
    ...(named === undefined ? {} : { redirectedBy: `${by}.` }),
  });
}
