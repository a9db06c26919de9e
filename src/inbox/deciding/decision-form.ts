/** Reads a decision from a submitted form. */
import { defined } from '../../contracts/data/defined.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { DecisionParts, Without } from '../../contracts/requests/decision.js';
import type { Json } from '../../contracts/data/json.js';
import { getOptionRow, needsReason, type Carried } from '../../contracts/requests/decision-options.js';
import { listFields, readFields, readJson, type FormField } from './json-form.js';

/** The result: a decision, or the problems of the form. */
export type FilledIn =
  | { readonly decision: Without<'by'>; readonly problems?: never }
  | { readonly problems: readonly string[]; readonly decision?: never };

/**
 * Reads the form of an option. The digest is that of the displayed request, so an edit in between makes Baton
 * refuse it.
 */
export function readDecision(request: WaitingRequest, form: URLSearchParams): FilledIn {
  const option = form.get('option') ?? '';
  const reason = (form.get('reason') ?? '').replace(/\r\n/g, '\n').trim();
  const digest = form.get('digest') ?? '';
  const revision = Number(form.get('revision') ?? Number.NaN);
  const { carries, effect } = getOptionRow(option);
  const carried = carries && readCarried(carries, request, form);
  const problems = [
    ...(needsReason(option) && reason === '' ? ['A reason is required. It is recorded in the run.'] : []),
    ...(effect === 'end' && form.get('confirm') !== 'yes' ? ['Confirm that the whole run is to end.'] : []),
    ...(carried?.problems ?? []),
  ];
  if (problems.length > 0) return { problems };
  return {
    decision: {
      request: request.id,
      option,
      ...defined({
        reason: reason || undefined,
        // If the displayed request had no digest, it differs from a request that has one.
        digest: digest || (request.digest === undefined ? undefined : 'unseen'),
        revision: Number.isSafeInteger(revision) ? revision : undefined,
      }),
      ...carried?.properties,
    } as Without<'by'>,
  };
}

interface Carriage {
  readonly properties: Pick<DecisionParts, Carried>;
  readonly problems: readonly string[];
}

function readCarried(carries: Carried, request: WaitingRequest, form: URLSearchParams): Carriage {
  switch (carries) {
    case 'args': {
      const { value, problems } = readValue(listFields(request.argsSchema, request.args), form);
      return { properties: { args: value }, problems };
    }
    case 'answer': {
      const { value, problems } = readValue(listFields(request.answerSchema), form);
      return { properties: { answer: value }, problems };
    }
    case 'to': {
      const to = form.get('to') ?? '';
      return { properties: { to }, problems: to === '' ? ['Choose who is to have it.'] : [] };
    }
    case 'questions': {
      const questions = (form.get('questions') ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
      const problems = questions.length === 0 ? ['Write your questions, one in a line.'] : [];
      return { properties: { questions }, problems };
    }
  }
}

/** The value of the fields, or of the JSON field if that was sent. */
export function readValue(
  fields: readonly FormField[],
  form: URLSearchParams,
): { readonly value: Json; readonly problems: readonly string[] } {
  if (form.get('as') !== 'json') return readFields(fields, (name) => form.get(name) ?? undefined);
  const { value = null, problem } = readJson(form.get('json') ?? '');
  return { value, problems: problem === undefined ? [] : [`The JSON: ${problem}`] };
}
