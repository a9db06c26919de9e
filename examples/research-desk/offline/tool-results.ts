/** The results of an agent's tool calls so far. */
import type { OfflineAnswer } from '@batonhq/baton/worker';

type Messages = Parameters<OfflineAnswer>[0]['messages'];

/** The results of one tool in order, as data; a result that is not JSON stays text. */
export function toolResults(messages: Messages, tool: string): unknown[] {
  return messages.flatMap((message) =>
    message.role === 'tool' && message.name === tool ? [parsed(message.content)] : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
