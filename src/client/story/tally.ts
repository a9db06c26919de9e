/** What a run has used, added up from what its history tells. */
import type { Cost } from '../../contracts/definitions/cost.js';
import type { RunView } from '../../contracts/wire/run-view.js';
import { addCost } from '../../contracts/definitions/price.js';
import { Summarized } from './history-shapes.js';

export class Tally {
  private counts: RunView['counts'] = {
    modelCalls: 0,
    toolCalls: 0,
    handoffs: 0,
    inputTokens: 0,
    outputTokens: 0,
  };
  private costs: readonly Cost[] = [];
  private readonly seen = new Set<string>();

  add(counts: Partial<RunView['counts']>, models: readonly string[] = [], costs: readonly Cost[] = []): void {
    this.costs = costs.reduce(addCost, this.costs);
    for (const key of Object.keys(this.counts) as (keyof RunView['counts'])[]) {
      this.counts = { ...this.counts, [key]: this.counts[key] + (counts[key] ?? 0) };
    }
    for (const model of models) this.seen.add(model);
  }

  /** A conversation was made shorter for somebody; where a model did it, it counts as one of the run's calls. */
  addSummary(result: unknown): void {
    const made = Summarized.safeParse(result).data;
    if (made === undefined || made.usage.inputTokens === 0) return;
    this.add({ modelCalls: 1, ...made.usage }, [made.model], made.cost ? [made.cost] : []);
  }

  /** All of it, with the handoffs that were counted elsewhere. */
  told(handoffs: number): Pick<RunView, 'counts' | 'costs' | 'models'> {
    const { counts, costs } = this;
    return {
      counts: { ...counts, handoffs: counts.handoffs + handoffs },
      ...(costs.length > 0 ? { costs } : {}),
      models: [...this.seen].toSorted(),
    };
  }
}
