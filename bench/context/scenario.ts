/**
 * A scenario: agents that work on one task, one after the other. It has the texts that each agent says and receives,
 * and the items that later agents need. Only the judge reads the items; strategies see the turns.
 */

/** The damage when a receiver lacks an item: it does the work again, contradicts a decision, or asks again. */
export type Kind = 'work' | 'decision' | 'answer';

export const KINDS: readonly Kind[] = ['work', 'decision', 'answer'];

/** The windows of scenarios, in tokens. */
export const WINDOWS: readonly number[] = [2_048, 4_096, 8_192, 12_288, 16_384, 32_768];
export const FEWEST_HOPS = 2;
export const MOST_HOPS = 10;

/** The goal of every agent; the task itself comes with the handoff. */
export const GOAL = 'Do your part of the task that you are given.';

/** One thing that came up once and is needed by every agent afterwards. */
export interface Item {
  readonly kind: Kind;
  /** The agent, counted from 0, in whose conversation it came up. */
  readonly origin: number;
  /** The subject, e.g. `the boiler in Milton House`. */
  readonly subject: string;
  /** The finding, decision or answer; no other text of the scenario says the same. */
  readonly value: string;
}

export type ToolName = 'look_up' | 'ask_person' | 'read_thread';

/** `case` is the scenario's id. */
export type CallArgs =
  { readonly case: string; readonly about: string } | { readonly case: string; readonly question: string };

export interface Call {
  readonly tool: ToolName;
  /** No two calls of a scenario have the same. */
  readonly args: CallArgs;
  /** The tool's answer: a record, a report, a log, somebody's reply, a thread of messages. */
  readonly result: string;
}

/** One answer of an agent: its text and its tool calls. */
export interface Turn {
  readonly say: string;
  readonly calls: readonly Call[];
}

export interface Scenario {
  readonly id: string;
  readonly hops: number;
  /** The most tokens that a request may have. */
  readonly window: number;
  /** The task, in the words of the person who gave it. */
  readonly task: string;
  /** The turns of the agents that hand off, in their order: one list a hop. */
  readonly agents: readonly (readonly Turn[])[];
  readonly items: readonly Item[];
}
