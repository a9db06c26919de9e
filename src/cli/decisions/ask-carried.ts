/** Asks the person at the terminal for the parts of a decision: new arguments, an answer, a receiver or questions. */
import type { Writable } from 'node:stream';
import { isCancel, select, text } from '@clack/prompts';
import { defined } from '../../contracts/data/defined.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { isJson, toVisibleJson } from '../../client/text/exact-text.js';
import type { DecisionParts } from '../../contracts/requests/decision.js';
import { getOptionRow, type Carried } from '../../contracts/requests/decision-options.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { editInEditor, hasEditor } from '../input/edit-in-editor.js';
import { escapeToLines } from '../terminal/escape-text.js';

export interface PromptSettings {
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/**
 * Whether a prompt can ask for what the option carries: editing needs the whole arguments, a redirect needs a
 * list of receivers.
 */
export function canAskFor({ whole, args, redirectTo = [] }: WaitingRequest, option: string): boolean {
  const { carries } = getOptionRow(option);
  if (carries === 'args') return whole && args !== undefined;
  return carries !== 'to' || redirectTo.length > 0;
}

/**
 * Asks for the values that the option carries, if any. Returns undefined when the person cancels.
 *
 * @throws {BatonError} the errors of the editor.
 */
export async function askCarried(
  request: WaitingRequest,
  option: string,
  settings: PromptSettings,
): Promise<Partial<Pick<DecisionParts, Carried>> | undefined> {
  switch (getOptionRow(option).carries) {
    case 'args': {
      const args = await askArguments(request.args as Json, settings);
      return args === undefined ? undefined : { args };
    }
    case 'answer': {
      const answer = await askAnswer(request.answerSchema, settings);
      return answer === undefined ? undefined : { answer };
    }
    case 'questions': {
      const question = await askText(settings, 'Your question');
      return question === undefined ? undefined : { questions: [question] };
    }
    case 'to': {
      const to = await select({
        ...settings,
        message: 'Redirect to',
        options: (request.redirectTo ?? []).map((name) => ({ value: name, label: escapeToLines(name) })),
      });
      return isCancel(to) ? undefined : { to };
    }
    default:
      return {};
  }
}

/** In the person's editor; without an editor, on one line. */
async function askArguments(args: Json, settings: PromptSettings): Promise<Json | undefined> {
  if (hasEditor()) return editInEditor(args);
  return askJson(settings, 'The new arguments, as JSON', toVisibleJson(args, 0));
}

async function askAnswer(
  schema: WaitingRequest['answerSchema'],
  settings: PromptSettings,
): Promise<Json | undefined> {
  const isText = !isJsonObject(schema) || schema['type'] === 'string';
  return isText ? askText(settings, 'Your answer') : askJson(settings, 'Your answer, as JSON');
}

async function askText(
  settings: PromptSettings,
  message: string,
  rules: { readonly initialValue?: string; readonly check?: (value: string) => string | undefined } = {},
): Promise<string | undefined> {
  const { check = (value) => (value.trim() === '' ? 'This is required.' : undefined), ...more } = rules;
  const given = await text({ ...settings, ...more, message, validate: (value) => check(value ?? '') });
  return isCancel(given) ? undefined : given;
}

async function askJson(
  settings: PromptSettings,
  message: string,
  initialValue?: string,
): Promise<Json | undefined> {
  const given = await askText(settings, message, {
    ...defined({ initialValue }),
    check: (value) => (isJson(value) ? undefined : 'This is not JSON.'),
  });
  return given === undefined ? undefined : (JSON.parse(given) as Json);
}
