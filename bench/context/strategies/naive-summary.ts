/** One string for everything so far. Each hop writes it again from the last string and the sender's work. */
import { agentName, messagesOf } from '../conversation.js';
import { deliveryOf, plainSystem, taskMessage, type Delivery, type Strategy } from '../strategy.js';
import type { Sender } from '../sender.js';
import { boundsFor } from '../summarize.js';
import type { CountTokens } from '../tokens.js';

/** `share` makes the string longer or shorter than its normal length. */
export function naiveSummary(sender: Sender, count: CountTokens, share = 1): Strategy {
  return async (scenario) => {
    const { string: most } = boundsFor(scenario.window, share);
    const deliveries: Delivery[] = [];
    let summary = '';
    for (const [agent, turns] of scenario.agents.entries()) {
      const before = summary === '' ? [] : [taskMessage(summary)];
      summary = await sender.asString([...before, ...messagesOf(turns, agentName(agent))], most);
      const receiver = agent + 1;
      const messages = [taskMessage(`${scenario.task}\n\nWhat was done so far: ${summary}`)];
      deliveries.push(deliveryOf(receiver, summary, { system: plainSystem(receiver), messages }, count));
    }
    return deliveries;
  };
}
