/**
 * Delegation to coworkers: an agent's output is an answer, a part of the work for a coworker, or a question to one. What
 * the coworker gives comes back, and the agent goes on. Workflow code bounds it, so that no two agents ask each other for
 * ever: a coworker that is asked does not ask further.
 */
import { defined } from '../../../contracts/data/defined.js';
import { isJsonObject, type Json } from '../../../contracts/data/json.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';

/** What a coworker was asked or given, and what they gave. */
export interface CoworkerAnswer {
  readonly coworker: string;
  readonly question?: string;
  readonly task?: string;
  readonly answer: Json;
}

/** What an agent said: its answer, or what a coworker is to do. */
export type Asked =
  | { readonly answer: Json }
  | {
      readonly coworker: AnyParticipant;
      readonly kind: 'delegate' | 'ask';
      readonly text: string;
      readonly context: string;
    };

/** Where coworkers may be asked, one of these must say something. */
export const ASKED = ['answer', 'delegate', 'ask'] as const;

/** The shape of such an output. Without coworkers it is an answer. */
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

/** An answer counts before anything else: who has one needs nobody. What names nobody is taken as it is. */
export function readAsked(said: Json, coworkers: readonly AnyParticipant[]): Asked {
  if (!isJsonObject(said)) return { answer: said };
  const { answer = null, delegate, ask } = said;
  if (answer !== null) return { answer };
  return (
    createCoworkerTask('delegate', 'task', delegate, coworkers) ??
    createCoworkerTask('ask', 'question', ask, coworkers) ?? { answer: '' }
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
