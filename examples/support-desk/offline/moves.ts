/** What an agent can do in one answer, in the words of the desk. */
import type { Json } from '@batonhq/baton';
import type { OfflineMove } from '@batonhq/baton/worker';
import { type Refund, Resolution } from '../shapes.js';

/** A value as it travels: what is `undefined` is left out. */
function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

export interface Call {
  readonly name: string;
  readonly args: object;
}

export function call(tool: { readonly name: string }, args: object): Call {
  return { name: tool.name, args };
}

/** All of them at the same time. */
export function calls(...wanted: readonly Call[]): OfflineMove {
  return { toolCalls: wanted.map(({ name, args }) => ({ name, args: asJson(args) })) };
}

/** What a sender tells of its work, as far as there is something to tell. */
export interface Told {
  readonly done?: readonly string[];
  readonly decisions?: readonly { readonly decision: string; readonly reason: string }[];
  readonly answered?: readonly { readonly question: string; readonly answer: string }[];
  readonly open?: readonly string[];
  readonly needToKnow?: readonly string[];
}

export interface HandoffMove {
  readonly goal: string;
  readonly expected: string;
  readonly acceptance: readonly string[];
  readonly told: Told;
  readonly payload: object;
}

/** Hands the task on: what is to be done, what is known, and what the contract demands. */
export function handOff(to: string, { goal, expected, acceptance, told, payload }: HandoffMove): OfflineMove {
  const summary = { done: [], decisions: [], answered: [], open: [], needToKnow: [], ...told };
  const args = { task: { goal, expected, acceptance }, summary, payload };
  return calls({ name: `transfer_to_${to}`, args });
}

/** The last word: a letter, and what was done. */
export function resolve(resolution: {
  readonly name: string;
  /** Paragraphs. */
  readonly letter: readonly string[];
  readonly done: readonly { readonly what: string; readonly why: string }[];
  readonly refund?: Refund;
  readonly tickets?: readonly string[];
}): OfflineMove {
  const { name, letter, done, refund = null, tickets = [] } = resolution;
  const answer = [`Dear ${name},`, ...letter, 'Your support desk'].join('\n\n');
  return { output: asJson(Resolution.parse({ answer, done, refund, tickets })) };
}

/** Asks before the task is taken on. */
export function ask(...questions: readonly string[]): OfflineMove {
  return { clarify: [...questions] };
}

/** E.g. "189.00 EUR". */
export function amount(cents: number, currency: string): string {
  return `${(cents / 100).toFixed(2)} ${currency}`;
}
