/** Passing the conversation itself: all of it cut to the window, or its last messages. */
import type { Message } from '../../../src/contracts/handoff/messages.js';
import { agentName, messagesOf, textOf } from '../conversation.js';
import type { Scenario } from '../scenario.js';
import { deliveryOf, plainSystem, taskMessage, type Delivery, type Strategy } from '../strategy.js';
import type { CountTokens } from '../tokens.js';

/** As many messages as frameworks keep by default, or more. */
export const LAST_N = 20;

/** Keeps the end of the history that fits into a number of tokens. */
type Cut = (history: readonly Message[], most: number, count: CountTokens) => Message[];

export function truncatedHistory(count: CountTokens): Strategy {
  return historyBy(cutToWindow, count);
}

export function lastMessages(count: CountTokens): Strategy {
  return historyBy((history, most, counter) => cutToWindow(history.slice(-LAST_N), most, counter), count);
}

function historyBy(cut: Cut, count: CountTokens): Strategy {
  return (scenario) => {
    const history: Message[] = [];
    return Promise.resolve(
      scenario.agents.map((turns, sender): Delivery => {
        history.push(...messagesOf(turns, agentName(sender)));
        const receiver = sender + 1;
        return deliver(scenario, receiver, { history, cut, count });
      }),
    );
  };
}

function deliver(
  scenario: Scenario,
  receiver: number,
  { history, cut, count }: { history: readonly Message[]; cut: Cut; count: CountTokens },
): Delivery {
  const system = plainSystem(receiver);
  const task = taskMessage(scenario.task);
  const left = scenario.window - count(system) - count(textOf(task));
  const kept = cut(history, left, count);
  const named = history.map(textOf).join('\n');
  return deliveryOf(receiver, named, { system, messages: [task, ...kept] }, count);
}

/** The last messages that fit, and of the first of them the end that does. */
function cutToWindow(history: readonly Message[], most: number, count: CountTokens): Message[] {
  const kept: Message[] = [];
  let left = most;
  for (const message of history.toReversed()) {
    const tokens = count(textOf(message));
    if (tokens > left) {
      const end = endOf(message.content, left, count);
      // The calls of an answer that is cut are gone: their arguments do not fit.
      if (end !== '')
        kept.push({ ...message, content: end, ...(message.role === 'assistant' ? { toolCalls: [] } : {}) });
      break;
    }
    kept.push(message);
    left -= tokens;
  }
  return kept.toReversed();
}

function endOf(text: string, most: number, count: CountTokens): string {
  for (let end = text; end !== '';) {
    const tokens = count(end);
    if (tokens <= most) return end;
    const keep = Math.floor((end.length * most) / tokens) - 1;
    end = keep <= 0 ? '' : end.slice(-keep);
  }
  return '';
}
