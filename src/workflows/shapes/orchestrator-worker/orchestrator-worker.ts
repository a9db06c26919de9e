/**
 * Orchestrator and workers: a planner divides a goal, workers do the subtasks, and a synthesizer joins the results and
 * names what is missing. Independent subtasks run in parallel. Built only on `delegate`.
 */
import { defined } from '../../../contracts/data/defined.js';
import type { PlannedSubtask } from '../../../contracts/handoff/plan-view.js';
import type { AgentDefinition, OutputOf } from '../../../contracts/definitions/agent.js';
import { BatonError, createOutputError } from '../../../contracts/errors.js';
import type { Json } from '../../../contracts/data/json.js';
import type {
  FailedSubtask,
  PlanningTask,
  Subtask,
  SynthesisTask,
  WorkerTask,
  WorkPlan,
} from '../../../contracts/handoff/plan.js';
import { findPlanProblem } from '../../../contracts/handoff/plan-problem.js';
import type { Participant } from '../../../contracts/definitions/participant.js';
import type { TeamDefinition } from '../../../contracts/definitions/team.js';
import { delegate } from '../../handoff/verbs.js';
import type { Orchestration } from '../../orchestration/definition.js';
import { orchestration } from '../../orchestration/orchestration.js';
import type { Run } from '../../runtime/run.js';
import { runSubflowIn } from '../../orchestration/subflow.js';
import { getRun, type Verbs } from '../../orchestration/verbs.js';
import { PlanProgress } from './plan-progress.js';
import { joinPath, buildSubtaskAgainLabel } from '../../../contracts/data/step-path.js';

type Planner = AgentDefinition<string, PlanningTask, WorkPlan>;
type Worker = Participant<string, WorkerTask, unknown> | Orchestration<WorkerTask, unknown>;
type Synthesizer = AgentDefinition<string, SynthesisTask, unknown>;

/** The planner and the workers. */
export interface PlannerAndWorkers {
  readonly planner: Planner;
  /** The workers by the kinds that a plan may name: agents, people, and orchestrations such as graphs and crews. */
  readonly workers: Readonly<Record<string, Worker>>;
}

/** The planner, the workers, and the synthesizer that joins the results. */
export interface OrchestratorWorker<S extends Synthesizer> extends PlannerAndWorkers {
  readonly synthesizer: S;
  readonly team?: TeamDefinition;
}

/** A plan that was completed as far as possible. */
export interface PlanOutcome {
  /** Why the goal was divided like this, in the planner's words. */
  readonly rationale: string;
  /** Every subtask with its outcome, including replacements. */
  readonly subtasks: readonly PlannedSubtask[];
  readonly results: SynthesisTask['results'];
  /** The subtasks that were not done, and why. */
  readonly missing: SynthesisTask['missing'];
}

/** How often a planner may correct an invalid plan. */
const MENDINGS = 2;

/**
 * An orchestration that reaches a goal, which is text. A failed subtask is planned again once, with its failure report. A
 * subtask that fails again, and its dependents, are listed as missing. The run's view contains the plan's state.
 *
 * @throws {BatonError} `OUTPUT_INVALID` when the planner returns no valid plan; the error of the planner or the
 * synthesizer.
 */
export function orchestratorWorker<S extends Synthesizer>(
  shape: OrchestratorWorker<S>,
): Orchestration<string, OutputOf<S>> {
  return orchestration<TeamDefinition | undefined, string, OutputOf<S>>({ team: shape.team }, (goal, verbs) =>
    planAndWork(verbs, shape, goal),
  );
}

/** Reaches a goal like {@link orchestratorWorker}, as a part of another orchestration. */
export async function planAndWork<Team, S extends Synthesizer>(
  verbs: Verbs<Team>,
  shape: OrchestratorWorker<S>,
  goal: string,
): Promise<OutputOf<S>> {
  const work = new Work(getRun(verbs), shape, goal);
  const { results, missing } = await work.toTheEnd();
  return (await work.join(shape.synthesizer, { goal, results, missing })) as OutputOf<S>;
}

/**
 * The plan without a synthesis, for an orchestration that joins or checks the results itself. A failed subtask is not an
 * error here; it is listed as missing.
 *
 * @throws {BatonError} `OUTPUT_INVALID` when the planner returns no valid plan; the error of the planner.
 */
export function runPlan<Team>(
  verbs: Verbs<Team>,
  shape: PlannerAndWorkers,
  goal: string,
): Promise<PlanOutcome> {
  return new Work(getRun(verbs), shape, goal).toTheEnd();
}

class Work {
  private readonly run: Run;
  private readonly shape: PlannerAndWorkers;
  private readonly goal: string;
  private readonly kinds: string[];
  private readonly ledger: PlanProgress;
  private readonly under: Map<string, Promise<void>> = new Map();
  private readonly path: string;

  constructor(run: Run, shape: PlannerAndWorkers, goal: string) {
    this.run = run;
    this.shape = shape;
    this.goal = goal;
    this.kinds = Object.keys(shape.workers);
    this.path = run.scopes.next('plan');
    this.ledger = new PlanProgress(goal, (plan) => run.showPlan(this.path, plan));
  }

  async toTheEnd(): Promise<PlanOutcome> {
    const plan = await this.plan({});
    this.ledger.add(plan.subtasks);
    const { finished } = this.run.scopes;
    await Promise.all(plan.subtasks.map((subtask) => this.done(subtask.id)));
    finished.join(this.ledger.ids().map((id) => joinPath(this.path, id)));
    return {
      rationale: plan.rationale,
      subtasks: this.ledger.view().subtasks,
      results: this.ledger.results(),
      missing: this.ledger.missing(),
    };
  }

  join(synthesizer: Synthesizer, task: SynthesisTask): Promise<unknown> {
    return this.within('synthesis', () => delegate(this.run, synthesizer, task));
  }

  /** One promise per subtask, so that all dependent subtasks wait for the same work. */
  private done(id: string): Promise<void> {
    const under = this.under.get(id) ?? this.begin(this.ledger.get(id));
    this.under.set(id, under);
    return under;
  }

  private async begin(subtask: Subtask): Promise<void> {
    await Promise.all(subtask.dependsOn.map((needed) => this.done(needed)));
    const lacking = this.ledger.lackingFor(subtask);
    if (lacking !== undefined) {
      this.ledger.set(subtask.id, 'skipped', `It needs "${lacking}", which was not done.`);
      return;
    }
    const failed = await this.attempt(subtask);
    if (failed !== undefined) await this.replace(subtask, failed);
  }

  private async attempt(subtask: Subtask): Promise<BatonError | undefined> {
    const worker = this.shape.workers[subtask.kind];
    if (!worker)
      throw new BatonError(
        'UNKNOWN_AGENT',
        `No worker does "${subtask.kind}". There are: ${Object.keys(this.shape.workers).join(', ')}.`,
        { kind: subtask.kind },
      );
    this.ledger.set(subtask.id, 'working');
    try {
      const task: WorkerTask = { goal: this.goal, subtask, results: this.ledger.resultsFor(subtask) };
      const output = await this.within(
        subtask.id,
        () =>
          typeof worker === 'function'
            ? runSubflowIn(this.run, worker, task)
            : delegate(this.run, worker, task),
        this.ledger.ids().length,
      );
      this.ledger.finish(subtask.id, output as Json);
      return undefined;
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      this.ledger.set(subtask.id, 'failed', `${error.code}: ${error.message}`);
      return error;
    }
  }

  /** A failed replacement is not replaced again. */
  private async replace(subtask: Subtask, error: BatonError): Promise<void> {
    if (this.ledger.isReplacement(subtask.id)) return;
    const failed: FailedSubtask = { subtask, code: error.code, message: error.message };
    const plan = await this.planAnew(failed);
    if (plan === undefined) return;
    const replacements = this.ledger.replace(subtask, plan.subtasks);
    await Promise.all(replacements.map((replacement) => this.done(replacement.id)));
  }

  /** Without a second plan the subtask stays failed, and the goal is reached without it. */
  private async planAnew(failed: FailedSubtask): Promise<WorkPlan | undefined> {
    try {
      return await this.plan({ failed });
    } catch (error) {
      if (error instanceof BatonError) return undefined;
      throw error;
    }
  }

  private async plan(about: Pick<PlanningTask, 'failed'>): Promise<WorkPlan> {
    const label = about.failed ? buildSubtaskAgainLabel(about.failed.subtask.id) : 'planning';
    return this.within(label, async () => {
      let problem: string | undefined;
      for (let mending = 0; mending <= MENDINGS; mending += 1) {
        const task: PlanningTask = {
          goal: this.goal,
          kinds: this.kinds,
          ...about,
          ...defined({ problem }),
        };
        const plan = (await delegate(this.run, this.shape.planner, task)) as WorkPlan;
        problem = findPlanProblem(plan, this.kinds, this.ledger.ids());
        if (problem === undefined) return plan;
      }
      throw createOutputError(
        `${this.shape.planner.name} gave no plan that can be carried out in ${MENDINGS + 1} tries. ${problem ?? ''}`,
        { agent: this.shape.planner.name, problem },
      );
    });
  }

  private within<T>(label: string, body: () => Promise<T>, of?: number): Promise<T> {
    return this.run.scopes.within(joinPath(this.path, label), body, of);
  }
}
