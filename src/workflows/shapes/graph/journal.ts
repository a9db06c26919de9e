/** The states of a graph, step by step, as far as there is room for them. */
import type { GraphStates, GraphStep } from '../../../contracts/wire/graph-states.js';
import { countBytes } from '../../../contracts/data/within-bytes.js';

const STEPS_AT_MOST = 100;
const BYTES_AT_MOST = 400_000;

export class Journal {
  private readonly kept: { readonly step: GraphStep; readonly bytes: number }[];
  private bytes = 0;
  private left: number;

  constructor(before: Pick<GraphStates, 'steps' | 'left'> = { steps: [], left: 0 }) {
    this.left = before.left;
    this.kept = [];
    for (const step of before.steps) this.add(step);
  }

  add(step: GraphStep): void {
    const text = JSON.stringify(step);
    const bytes = countBytes(text);
    // A copy: a later change of the state in place must not change the record.
    this.kept.push({ step: JSON.parse(text) as GraphStep, bytes });
    this.bytes += bytes;
    while (this.kept.length > 1 && (this.kept.length > STEPS_AT_MOST || this.bytes > BYTES_AT_MOST)) {
      this.bytes -= this.kept.shift()?.bytes ?? 0;
      this.left += 1;
    }
  }

  report(): Pick<GraphStates, 'steps' | 'left'> {
    return { steps: this.kept.map(({ step }) => step), left: this.left };
  }
}
