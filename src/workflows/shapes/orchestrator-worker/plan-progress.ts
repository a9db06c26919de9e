/** Tracks the progress of a plan, and updates the run's view at every change. Pure bookkeeping. */
import { defined } from '../../../contracts/data/defined.js';
import type { PlannedSubtask, PlanView, SubtaskState } from '../../../contracts/handoff/plan-view.js';
import type { Json } from '../../../contracts/data/json.js';
import type { Subtask } from '../../../contracts/handoff/plan.js';

interface Entry {
  readonly subtask: Subtask;
  readonly replaces?: string;
  state: SubtaskState;
  why?: string;
  output?: Json;
  /** Its replacements, once it has failed. */
  by?: readonly string[];
}

export class PlanProgress {
  private readonly entries = new Map<string, Entry>();
  private readonly goal: string;
  private readonly tell: (plan: PlanView) => void;

  constructor(goal: string, tell: (plan: PlanView) => void) {
    this.goal = goal;
    this.tell = tell;
  }

  add(subtasks: readonly Subtask[], replaces?: string): void {
    for (const subtask of subtasks) {
      this.entries.set(subtask.id, {
        subtask,
        state: 'waiting',
        ...defined({ replaces }),
      });
    }
    this.publish();
  }

  ids(): string[] {
    return [...this.entries.keys()];
  }

  get(id: string): Subtask {
    return this.entry(id).subtask;
  }

  set(id: string, state: SubtaskState, why?: string): void {
    const entry = this.entry(id);
    entry.state = state;
    if (why !== undefined) entry.why = why;
    this.publish();
  }

  finish(id: string, output: Json): void {
    this.entry(id).output = output;
    this.set(id, 'done');
  }

  isReplacement(id: string): boolean {
    return this.entry(id).replaces !== undefined;
  }

  /** Replaces a failed subtask with others, which may use what it could use. */
  replace(failed: Subtask, subtasks: readonly Subtask[]): Subtask[] {
    const own = new Set(subtasks.map((subtask) => subtask.id));
    const placed = subtasks.map((subtask) => ({
      ...subtask,
      dependsOn: [...failed.dependsOn, ...subtask.dependsOn.filter((id) => own.has(id))],
    }));
    const entry = this.entry(failed.id);
    entry.by = placed.map((subtask) => subtask.id);
    entry.state = 'replaced';
    this.add(placed, failed.id);
    return placed;
  }

  /** An undone subtask that this one depends on. */
  lackingFor(subtask: Subtask): string | undefined {
    return subtask.dependsOn.find((id) => this.standIns(id).some((entry) => entry.state !== 'done'));
  }

  resultsFor(subtask: Subtask): { id: string; task: string; output: Json }[] {
    return subtask.dependsOn
      .flatMap((id) => this.standIns(id))
      .map((entry) => ({ id: entry.subtask.id, task: entry.subtask.task, output: entry.output ?? null }));
  }

  results(): { id: string; kind: string; task: string; output: Json }[] {
    return [...this.entries.values()].flatMap(({ subtask: { id, kind, task }, state, output }) =>
      state === 'done' ? [{ id, kind, task, output: output ?? null }] : [],
    );
  }

  missing(): { id: string; task: string; why: string }[] {
    return [...this.entries.values()].flatMap(({ subtask: { id, task }, state, why }) =>
      state === 'failed' || state === 'skipped' ? [{ id, task, why: why ?? state }] : [],
    );
  }

  private standIns(id: string): Entry[] {
    const entry = this.entry(id);
    return entry.by === undefined ? [entry] : entry.by.map((replacement) => this.entry(replacement));
  }

  private entry(id: string): Entry {
    const entry = this.entries.get(id);
    if (!entry) throw new TypeError(`The plan has no subtask ${id}.`);
    return entry;
  }

  view(): { readonly goal: string; readonly subtasks: readonly PlannedSubtask[] } {
    // The view has no fields for a planner's additional properties.
    const subtasks = [...this.entries.values()].map(
      ({ subtask: { id, kind, task, dependsOn }, state, why }) => ({
        id,
        kind,
        task,
        dependsOn,
        state,
        ...defined({ why }),
      }),
    );
    return { goal: this.goal, subtasks };
  }

  private publish(): void {
    this.tell(this.view());
  }
}
