/** The moves of an agent, in the terms of the desk. */
import type { Json } from '@batonhq/baton';
import type { OfflineMove } from '@batonhq/baton/worker';
import { type Refund, Resolution } from '../shapes.js';

/** A value as JSON: `undefined` properties are left out. */
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

/** Calls all of them at the same time. */
export function calls(...wanted: readonly Call[]): OfflineMove {
  return { toolCalls: wanted.map(({ name, args }) => ({ name, args: asJson(args) })) };
}

/** The sender's report of its work, if there is any. */
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

/** Hands off the task: the goal, the known facts, and the payload of the contract. */
export function handOff(to: string, { goal, expected, acceptance, told, payload }: HandoffMove): OfflineMove {
  const summary = { done: [], decisions: [], answered: [], open: [], needToKnow: [], ...told };
  const args = { task: { goal, expected, acceptance }, summary, payload };
  return calls({ name: `transfer_to_${to}`, args });
}

/** The final result: a letter, and the actions taken. */
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

/** Asks for clarification before accepting the task. */
export function ask(...questions: readonly string[]): OfflineMove {
  return { clarify: [...questions] };
}

/** E.g. "189.00 EUR". */
export function amount(cents: number, currency: string): string {
  return `${(cents / 100).toFixed(2)} ${currency}`;
}
