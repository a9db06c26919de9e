/** The states that a graph has been in, step by step, as far as there is room for them. */
import type { Json } from '../../../contracts/json.js';
import { bytesIn } from '../../../contracts/within-bytes.js';

/** A node that is to run, with its item where it is one branch of a fan-out. */
export interface Due {
  readonly node: string;
  readonly item?: Json;
}

/** A step that is over. Step 0 is the beginning. */
export interface GraphStep {
  readonly step: number;
  /** The nodes that ran in it. */
  readonly nodes: readonly string[];
  /** After it. */
  readonly state: Json;
  /** What comes next; nothing where the graph ended. */
  readonly next: readonly Due[];
}

/** The answer to the query `states`. */
export interface GraphStates {
  readonly v: 1;
  readonly graph: string;
  /** Oldest first. */
  readonly steps: readonly GraphStep[];
  /** How many older ones there was no room for. */
  readonly left: number;
}

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
    const bytes = bytesIn(JSON.stringify(step));
    this.kept.push({ step, bytes });
    this.bytes += bytes;
    while (this.kept.length > 1 && (this.kept.length > STEPS_AT_MOST || this.bytes > BYTES_AT_MOST)) {
      this.bytes -= this.kept.shift()?.bytes ?? 0;
      this.left += 1;
    }
  }

  told(): Pick<GraphStates, 'steps' | 'left'> {
    return { steps: this.kept.map(({ step }) => step), left: this.left };
  }
}
