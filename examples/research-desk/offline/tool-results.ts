/** What an agent's tools have answered so far. */
import type { OfflineAnswer } from '@batonhq/baton/worker';

type Messages = Parameters<OfflineAnswer>[0]['messages'];

/** The answers of one tool in their order, as data; what is not JSON, as the text it is. */
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
