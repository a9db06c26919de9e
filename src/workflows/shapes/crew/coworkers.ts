/**
 * Delegation to coworkers: an agent's output is an answer, a subtask for a coworker, or a question to one. The coworker's
 * result is returned, and the agent continues. Workflow code limits this: a coworker that is asked cannot ask others, so
 * two agents cannot ask each other forever.
 */
import { defined } from '../../../contracts/data/defined.js';
import { isJsonObject, type Json } from '../../../contracts/data/json.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';

/** The question or subtask for a coworker, and their answer. */
export interface CoworkerAnswer {
  readonly coworker: string;
  readonly question?: string;
  readonly task?: string;
  readonly answer: Json;
}

/** An agent's output: its answer, or a subtask or question for a coworker. */
export type Asked =
  | { readonly answer: Json }
  | {
      readonly coworker: AnyParticipant;
      readonly kind: 'delegate' | 'ask';
      readonly text: string;
      readonly context: string;
    };

/** When an agent has coworkers, one of these fields of its output must have a value. */
export const ASKED = ['answer', 'delegate', 'ask'] as const;

/** The schema of such an output. Without coworkers it is an answer. */
export function addCoworkers(answer: Json = { type: 'string' }, coworkers: readonly AnyParticipant[]): Json {
  const { $defs, ...rest } = isJsonObject(answer) ? answer : {};
  const isOpen = coworkers.length > 0;
  const toCoworker = (what: string, description: string): Json => ({
    anyOf: [
      {
        type: 'object',
        properties: {
          coworker: { type: 'string', enum: coworkers.map(({ name }) => name) },
          [what]: { type: 'string', description: 'Complete in itself: they know nothing of your task.' },
          context: { type: 'string', description: 'All that they need to know.' },
        },
        required: ['coworker', what, 'context'],
        additionalProperties: false,
      },
      { type: 'null' },
    ],
    description,
  });
  const properties = {
    answer: isOpen
      ? {
          anyOf: [rest, { type: 'null' }],
          description: 'Your final answer; null as long as a coworker is to do something first.',
        }
      : rest,
    ...(isOpen
      ? {
          delegate: toCoworker('task', 'A part of the work for a coworker; else null.'),
          ask: toCoworker('question', 'A question to a coworker; else null.'),
        }
      : {}),
  };
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    ...defined({ $defs }),
  };
}

/**
 * An answer takes precedence: an agent with an answer needs no coworker. If the output names a coworker, blank text doesn't count. An output
 * that names no coworker counts as an answer.
 */
export function readAsked(said: Json, coworkers: readonly AnyParticipant[]): Asked {
  if (!isJsonObject(said)) return { answer: said };
  const { answer = null, delegate, ask } = said;
  const isBlank = answer === null || (typeof answer === 'string' && answer.trim() === '');
  if (!isBlank) return { answer };
  return (
    createCoworkerTask('delegate', 'task', delegate, coworkers) ??
    createCoworkerTask('ask', 'question', ask, coworkers) ?? { answer: answer ?? '' }
  );
}

function createCoworkerTask(
  kind: 'delegate' | 'ask',
  what: string,
  said: Json | undefined,
  coworkers: readonly AnyParticipant[],
): Asked | undefined {
  if (!isJsonObject(said)) return undefined;
  const { coworker: name, context, [what]: text } = said;
  const coworker = coworkers.find((party) => party.name === name);
  if (coworker === undefined || typeof text !== 'string') return undefined;
  return { coworker, kind, text, context: typeof context === 'string' ? context : '' };
}
