/** A decision as somebody has filled it in. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { Json } from '../../contracts/data/json.js';
import { requiresReason } from '../../contracts/requests/needs-reason.js';
import { fieldsOf, readFields, readJson, type FormField } from './json-form.js';

/** What was filled in: a decision, or what is wrong with it. */
export type FilledIn =
  | { readonly decision: Omit<Decision, 'by'>; readonly problems?: never }
  | { readonly problems: readonly string[]; readonly decision?: never };

/** The fields by which the arguments are edited. */
export function editFields({ argsSchema, args }: WaitingRequest): FormField[] {
  return fieldsOf(argsSchema, args);
}

/** The fields of an answer. */
export function answerFields({ answerSchema }: WaitingRequest): FormField[] {
  return fieldsOf(answerSchema, undefined);
}

/** Reads the form of an option. The digest is that of what was shown, so that an edit in between is refused. */
export function readDecision(request: WaitingRequest, form: URLSearchParams): FilledIn {
  const option = form.get('option') ?? '';
  const reason = (form.get('reason') ?? '').replace(/\r\n/g, '\n').trim();
  const digest = form.get('digest') ?? '';
  const revision = Number(form.get('revision') ?? Number.NaN);
  const carried = readCarried(option, request, form);
  const problems = [
    ...(requiresReason(option) && reason === '' ? ['Say why: the run is told it.'] : []),
    ...(option === 'abort' && form.get('confirm') !== 'yes' ? ['Confirm that the whole run is to end.'] : []),
    ...carried.problems,
  ];
  if (problems.length > 0) return { problems };
  return {
    decision: {
      request: request.id,
      option,
      ...(reason === '' ? {} : { reason }),
      ...(digest === '' ? {} : { digest }),
      ...(Number.isSafeInteger(revision) ? { revision } : {}),
      ...carried.properties,
    },
  };
}

interface Carried {
  readonly properties: Pick<Decision, 'args' | 'to' | 'answer' | 'questions'>;
  readonly problems: readonly string[];
}

function readCarried(option: string, request: WaitingRequest, form: URLSearchParams): Carried {
  switch (option) {
    case 'edit': {
      const { value, problems } = readValue(editFields(request), form);
      return { properties: { args: value }, problems };
    }
    case 'answer': {
      const { value, problems } = readValue(answerFields(request), form);
      return { properties: { answer: value }, problems };
    }
    case 'redirect': {
      const to = form.get('to') ?? '';
      return to === ''
        ? { properties: {}, problems: ['Choose who is to have it.'] }
        : { properties: { to }, problems: [] };
    }
    case 'clarify':
    case 'ask-back': {
      const questions = (form.get('questions') ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
      return questions.length === 0
        ? { properties: {}, problems: ['Write your questions, one in a line.'] }
        : { properties: { questions }, problems: [] };
    }
    default:
      return { properties: {}, problems: [] };
  }
}

/** The value of the fields, or of the JSON beside them when that was sent. */
export function readValue(
  fields: readonly FormField[],
  form: URLSearchParams,
): { readonly value: Json; readonly problems: readonly string[] } {
  if (form.get('as') !== 'json') return readFields(fields, (name) => form.get(name) ?? undefined);
  const { value = null, problem } = readJson(form.get('json') ?? '');
  return { value, problems: problem === undefined ? [] : [`The JSON: ${problem}`] };
}
