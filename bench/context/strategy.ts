/** A strategy takes a scenario and returns the request to each receiver's model. */
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
  /** The sender's own words at the handoff: its summary, or the history before anything was cut. */
  readonly named: string;
  /** The whole text of the request to the receiver's model: the system prompt and every message. */
  readonly request: string;
  /** Of the request. */
  readonly tokens: number;
  /** Tokens of the tool definitions, which come with the request. */
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

/** The system prompt of an agent without Baton. */
export function plainSystem(agent: number): string {
  return `You are ${agentName(agent)}.\n\nYour goal: ${GOAL}`;
}

export function taskMessage(content: string): Message {
  return { role: 'user', source: 'task', content };
}
