/** A model that answers at once, and counts. */
import type { Model } from '@batonhq/baton/worker';
import { RESULT } from '../work.js';

export interface StubModel extends Model {
  readonly calls: () => number;
}

export function stubModel(): StubModel {
  let calls = 0;
  return {
    name: 'stub',
    offline: true,
    calls: () => calls,
    generate: () => {
      calls += 1;
      return Promise.resolve({
        content: RESULT,
        toolCalls: [],
        finish: 'stop',
        usage: { inputTokens: 10, outputTokens: 500 },
        model: 'stub',
      });
    },
  };
}
