/** A model that looks something up, then answers in two kilobytes. It counts what it is sent as providers do. */
import { estimateTokens, type Model, type ModelRequest } from '@batonhq/baton/worker';
import { TEXT } from './text.js';

export interface LongModel extends Model {
  readonly calls: () => number;
}

export function longModel(): LongModel {
  let calls = 0;
  return {
    name: 'stub',
    offline: true,
    calls: () => calls,
    generate: (request) => {
      calls += 1;
      const looks = request.tools.length > 0 && request.messages.at(-1)?.role !== 'tool';
      return Promise.resolve({
        content: looks ? '' : TEXT,
        toolCalls: looks ? [{ id: `look-${calls}`, name: 'look_up', args: { what: 'it' } }] : [],
        finish: looks ? 'tools' : 'stop',
        usage: { inputTokens: tokensOf(request), outputTokens: looks ? 10 : 500 },
        model: 'stub',
      });
    },
  };
}

function tokensOf({ messages }: ModelRequest): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
