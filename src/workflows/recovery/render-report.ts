/** Renders a failure report for people, and the part of it that the next receiver sees. */
import { defined } from '../../contracts/data/defined.js';
import type { FailureReport } from '../../contracts/handoff/failure-report.js';
import { formatSaidBy } from '../../contracts/handoff/answers.js';
import type { SaidBy } from '../../contracts/handoff/said-by.js';
import { indentText } from '../../contracts/data/untrusted-text.js';
import type { Json } from '../../contracts/data/json.js';
import { UNBOUNDED_STEPS } from '../../contracts/wire/steps-text.js';
import { renderList, renderEnvelope, renderJson, renderSection } from '../task/render-envelope.js';

/** The whole report, as Markdown. */
export function renderReport({ task, attempts, results, carriedOut, state }: FailureReport): string {
  const tries = attempts.map(
    ({ agent, turn, code, message, cost }) =>
      `**${agent}**, turn ${turn}: ${code}: ${message} (${cost.modelCalls} model calls, ${cost.inputTokens + cost.outputTokens} tokens)`,
  );
  const parts = [
    renderSection('Attempts', renderList(tries)),
    renderSection('Carried out already, and not to be repeated', renderList(carriedOut)),
    renderSection('Found out before', renderList(results.map(({ tool, preview }) => `${tool}: ${preview}`))),
    describeTask(task),
    renderSection(
      'Where it stands',
      renderList([
        `${state.owner} is responsible for it.`,
        ...state.handoffs.map(({ from, to }) => `${from} handed off to ${to}.`),
        ...describeLeft(state),
      ]),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The task as the failed participant received it. */
function describeTask({ input, handed }: FailureReport['task']): string {
  if (handed === undefined) return renderSection('The task', renderJson(input as Json));
  const { from, task, instructions, settled } = handed;
  return renderEnvelope({
    input: input as Json,
    from,
    ...defined({ task, instructions }),
    carried: settled,
  });
}

function describeLeft({ stepsLeft, tokensLeft, costLeft, secondsLeft }: FailureReport['state']): string[] {
  return [
    // For a graph or a conversation, the number of remaining steps has no meaning.
    ...(stepsLeft > UNBOUNDED_STEPS / 2 ? [] : [`${stepsLeft} steps are left.`]),
    ...(tokensLeft === undefined ? [] : [`${tokensLeft} tokens are left.`]),
    ...(costLeft === undefined ? [] : [`${costLeft / 1_000_000} units of money are left.`]),
    ...(secondsLeft === undefined ? [] : [`${secondsLeft} seconds are left.`]),
  ];
}

/** Advice about what to do differently. */
export interface Advice extends SaidBy {
  readonly text: string;
}

/** For the next receiver: why it gets the task, what it must not repeat, and the advice. */
export function renderGuidance(report: FailureReport, advice?: Advice): string {
  const { attempts, results, carriedOut } = report;
  const parts = [
    ...attempts.map(
      ({ agent, code, message }) => `${agent} could not do this (${code}): ${indentText(message, '> ')}`,
    ),
    carriedOut.length === 0
      ? ''
      : `This was carried out and cannot be undone; do not repeat it:\n${renderList(carriedOut)}`,
    results.length === 0
      ? ''
      : `This was found out before:\n${renderList(results.map(({ tool, preview }) => `${tool}: ${preview}`))}`,
    advice === undefined || advice.text.trim() === ''
      ? ''
      : `Do it differently, says ${formatSaidBy(advice)}: ${indentText(advice.text, '> ')}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
