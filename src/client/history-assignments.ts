/** Who gave a task to whom, and to whom control comes back: read from the tasks that agents were given. */
import { preview } from '../contracts/preview.js';
import type { TaskShape } from './history-shapes.js';
import type { Recorder } from './recorder.js';

interface Assignment {
  /** To whom control comes back. */
  readonly from: string;
  /** False when control moved for good. */
  readonly returns: boolean;
}

export class Assignments {
  /** How often a task was handed on. */
  handoffs = 0;
  private readonly record: Recorder;
  private readonly byPath = new Map<string, Assignment>();
  /** The contracts by which agents chose to hand over in their last turn. */
  private readonly chosen = new Map<string, string>();

  constructor(record: Recorder) {
    this.record = record;
  }

  /** An agent was given its task: by a delegation, or by the one who had it before. */
  begin(
    at: string,
    path: string,
    given: { readonly to: string; readonly by: string; readonly task: TaskShape },
  ): void {
    const { to, by: owner, task } = given;
    const from = task.handedOverBy;
    // A classifier is asked who is to have a task; it gets none.
    if (/(^|\/)route-\d+\/[^/]+$/.test(path)) return;
    if (from === undefined) {
      this.byPath.set(path, { from: owner, returns: true });
      const trigger = /(^|\/)parallel-\d+\/\d+\//.test(path) ? 'parallelization' : 'specialization';
      return this.record(at, path, {
        kind: 'delegated',
        from: owner,
        to,
        trigger,
        preview: preview(task.input),
      });
    }
    const byPerson = task.redirectedBy !== undefined;
    const contract = byPerson ? undefined : this.chosen.get(from);
    const before = contract === undefined && !byPerson ? undefined : this.above(path);
    this.byPath.set(path, before ?? { from, returns: false });
    this.handoffs += 1;
    this.record(at, path, {
      kind: 'handoff',
      from,
      to,
      trigger: 'specialization',
      by: byPerson ? 'person' : contract === undefined ? 'code' : 'agent',
      ...(contract === undefined ? {} : { contract }),
      preview: preview(task.input),
    });
  }

  handsOver(agent: string, contract: string): void {
    this.chosen.set(agent, contract);
  }

  finish(at: string, path: string, agent: string, output: string): void {
    const assignment = this.byPath.get(path);
    if (!assignment?.returns) return;
    this.record(at, this.top(path), { kind: 'returned', from: agent, to: assignment.from, preview: output });
  }

  /** Where the chain of handoffs began that this step belongs to. */
  private top(path: string): string {
    const parent = parentOf(path);
    return this.byPath.has(parent) ? this.top(parent) : path;
  }

  private above(path: string): Assignment | undefined {
    const parent = parentOf(path);
    return parent === '' ? undefined : (this.byPath.get(parent) ?? this.above(parent));
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
