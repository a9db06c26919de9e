/** The order of a crew's tasks: one after the other, and in parallel when they declare it. */
import { CancellationScope } from '@temporalio/workflow';
import { toOutputText, type CrewOutput, type TaskOutput } from '../../../contracts/crew/outcome.js';
import { fillPlaceholders } from '../../../contracts/crew/placeholders.js';
import type { CrewTask } from '../../../contracts/crew/task.js';
import { BatonError } from '../../../contracts/errors.js';
import type { Run } from '../../runtime/run.js';
import { PlanProgress } from '../orchestrator-worker/plan-progress.js';
import { CrewTaskRun } from './run-crew-task.js';
import type { CrewParts } from '../../../contracts/crew/check.js';
import { joinPath } from '../../../contracts/data/step-path.js';

export class Tasks {
  private readonly run: Run;
  private readonly crew: CrewParts;
  private readonly values: Readonly<Record<string, string>>;
  private readonly path: string;
  private readonly ledger: PlanProgress;
  /** One promise per task, so that all dependent tasks wait for the same work. */
  private readonly under = new Map<string, Promise<TaskOutput>>();
  private readonly scope = new CancellationScope();
  private failure: unknown;

  constructor(run: Run, crew: CrewParts, values: Readonly<Record<string, string>>) {
    this.run = run;
    this.crew = crew;
    this.values = values;
    this.path = run.scopes.path;
    this.ledger = new PlanProgress(`crew ${crew.name}`, (plan) =>
      run.showPlan(joinPath(this.path, crew.name), plan),
    );
  }

  /** When a task fails, parallel tasks are cancelled and waited for. */
  async toTheEnd(): Promise<CrewOutput> {
    const { tasks, manager, name } = this.crew;
    this.ledger.add(
      tasks.map((task) => ({
        id: task.name,
        kind: task.agent?.name ?? manager?.name ?? name,
        task: fillPlaceholders(task.description, this.values),
        dependsOn: this.needed(task),
      })),
    );
    const { finished } = this.run.scopes;
    try {
      await this.scope.run(() => this.inOrder());
    } catch (error) {
      this.scope.cancel();
      await Promise.allSettled(this.under.values());
      throw this.failure ?? error;
    }
    if (this.beside !== undefined) finished.join(tasks.map((task) => joinPath(this.path, task.name)));
    const outputs = await Promise.all(tasks.map((task) => this.outputOf(task.name)));
    const final = outputs.at(-1)?.output ?? null;
    return { raw: toOutputText(final), tasks: outputs, final };
  }

  private async inOrder(): Promise<void> {
    for (const task of this.crew.tasks) {
      const working = this.begin(task);
      this.under.set(task.name, working);
      // The first dependent task reports a failure of a parallel task, or the recorded failure does.
      working.catch(() => {});
      if (!task.async) await working;
    }
    await Promise.all(this.under.values());
  }

  private async begin(task: CrewTask): Promise<TaskOutput> {
    const path = joinPath(this.path, task.name);
    try {
      const context = await Promise.all(this.needed(task).map((name) => this.outputOf(name)));
      this.ledger.set(task.name, 'working');
      const work = new CrewTaskRun(this.run, { task, crew: this.crew, values: this.values, context });
      const done = await this.run.scopes.within(path, () => work.toTheEnd(), this.beside);
      this.ledger.finish(task.name, done.output);
      return done;
    } catch (error) {
      if (this.failure === undefined) {
        this.failure = error;
        this.ledger.set(
          task.name,
          'failed',
          error instanceof BatonError ? `${error.code}: ${error.message}` : 'failed',
        );
        this.scope.cancel();
      }
      throw error;
    }
  }

  /** How many tasks can run at once; undefined when they run one after the other. */
  private get beside(): number | undefined {
    const beside = this.crew.tasks.filter(({ async: isAsync }) => isAsync).length;
    return beside === 0 ? undefined : beside + 1;
  }

  private outputOf(name: string): Promise<TaskOutput> {
    const working = this.under.get(name);
    if (working === undefined) throw new TypeError(`The task ${name} has not begun.`);
    return working;
  }

  /**
   * The tasks whose outputs a task gets: those that it names, else all earlier ones. A parallel task does not wait for
   * other parallel tasks.
   */
  private needed(task: CrewTask): string[] {
    if (task.context !== undefined) return task.context.map(({ name }) => name);
    const { tasks } = this.crew;
    const before = tasks.slice(
      0,
      tasks.findIndex(({ name }) => name === task.name),
    );
    return before.filter((other) => !(task.async && other.async)).map(({ name }) => name);
  }
}
