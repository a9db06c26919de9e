/** What a strategy is: a scenario in, and what each receiver's model was sent out. */
import type { Message } from '../../src/contracts/handoff/messages.js';
import { agentName, textOf } from './conversation.js';
import { GOAL, type Scenario } from './scenario.js';
import type { CountTokens } from './tokens.js';

export const STRATEGIES = ['truncated-history', 'last-n', 'naive-summary', 'baton'] as const;
export type StrategyName = (typeof STRATEGIES)[number];

/** One handoff as it was made. */
export interface Delivery {
  /** Counted from 0; the first receiver is 1. */
  readonly receiver: number;
  /** What the sender handed off in its own words: its summary, or the history as it was before anything was cut. */
  readonly named: string;
  /** All that the receiver's model was sent: what it is told to be, and every message. */
  readonly request: string;
  /** Of the request. */
  readonly tokens: number;
  /** Of the definitions of its tools, which stand beside it. */
  readonly toolTokens: number;
}

export type Strategy = (scenario: Scenario) => Promise<readonly Delivery[]>;

export interface Told {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly unknown[];
}

export function deliveryOf(
  receiver: number,
  named: string,
  { system, messages, tools = [] }: Told,
  count: CountTokens,
): Delivery {
  const texts = [system, ...messages.map(textOf)];
  const tokens = texts.reduce((sum, text) => sum + count(text), 0);
  const toolTokens = tools.reduce<number>((sum, tool) => sum + count(JSON.stringify(tool)), 0);
  return { receiver, named, request: texts.join('\n'), tokens, toolTokens };
}

/** What an agent without Baton is told it is. */
export function plainSystem(agent: number): string {
  return `You are ${agentName(agent)}.\n\nYour goal: ${GOAL}`;
}

export function taskMessage(content: string): Message {
  return { role: 'user', source: 'task', content };
}
