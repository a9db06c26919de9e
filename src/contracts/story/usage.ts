/** The usage of a run so far: calls, tokens, models and costs. */
import type { Cost } from '../definitions/cost.js';
import type { RunView } from '../wire/run-view.js';
import type { Usage } from '../handoff/messages.js';
import { addCost } from '../definitions/price.js';

export type UsageReport = Pick<RunView, 'counts' | 'costs' | 'models'>;

export class UsageCount {
  private counts = { modelCalls: 0, toolCalls: 0, handoffs: 0, inputTokens: 0, outputTokens: 0 };
  private costs: readonly Cost[] = [];
  private readonly models = new Set<string>();

  modelCall(model: string, usage: Usage, cost?: Cost): void {
    this.models.add(model);
    this.counts.modelCalls += 1;
    this.counts.inputTokens += usage.inputTokens;
    this.counts.outputTokens += usage.outputTokens;
    if (cost) this.costs = addCost(this.costs, cost);
  }

  toolCall(): void {
    this.counts.toolCalls += 1;
  }

  handoff(): void {
    this.counts.handoffs += 1;
  }

  /** Adds the usage of a child agent. */
  add({ counts, costs = [], models }: UsageReport): void {
    for (const key of Object.keys(this.counts) as (keyof RunView['counts'])[]) {
      this.counts = { ...this.counts, [key]: this.counts[key] + counts[key] };
    }
    this.costs = costs.reduce(addCost, this.costs);
    for (const model of models) this.models.add(model);
  }

  report(): UsageReport {
    const { counts, costs } = this;
    return { counts, ...(costs.length > 0 ? { costs } : {}), models: [...this.models].toSorted() };
  }
}
