/**
 * The state of one workflow: who owns the task, who is active, what happened, what is pending. All other sandbox code goes
 * through it, so that the timeline, the queries, the memo and the search attributes are consistent.
 */
import { defined } from '../../contracts/data/defined.js';
import type { RootRun } from '../../contracts/proof/claims.js';
import type { PlanView } from '../../contracts/handoff/plan-view.js';
import type { ActiveStep, RunView } from '../../contracts/wire/run-view.js';
import { CancellationScope, log, workflowInfo } from '@temporalio/workflow';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { toRootRun } from '../../contracts/proof/root.js';
import { summarizeRequest } from '../../contracts/requests/request-summary.js';
import type { RouteState } from '../../contracts/definitions/router.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { MirrorSignal } from '../../contracts/wire/wire.js';
import { Effects } from './effects.js';
import { Notices } from './notices.js';
import { PendingRequests } from '../requests/pending-requests.js';
import type { Fact, NewEvent } from '../../contracts/story/narrator.js';
import type { Mirror, RunOptions } from './run-options.js';
import { StoryLog } from './story-log.js';
import { StepScopes } from './step-scope.js';
import { BudgetAccount, toSpending } from './budget.js';
import { ChildAgents } from './child-agents.js';
import { HomeClaim } from './home-claim.js';
import { HandoffLog } from './handoff-log.js';
import { HiddenFacts } from './hidden-facts.js';
import { OriginLog } from './origin-log.js';
import { UsageCount } from '../../contracts/story/usage.js';
import { showCurrentDetails } from './current-details.js';
import { Visibility } from './visibility.js';
import { buildRoundPath } from '../../contracts/data/step-path.js';

export class Run {
  /** The run's id in the store: the same after a reset, different for every run. */
  readonly root: string;
  /** The run as the server knows it, also in a child agent's workflow. */
  readonly rootRun: RootRun;
  readonly requests = new PendingRequests();
  readonly notices = new Notices();
  readonly scopes: StepScopes;
  readonly effects = new Effects();
  readonly usage = new UsageCount();
  readonly handoffLog = new HandoffLog();
  readonly hiddenFacts = new HiddenFacts();
  readonly childAgents = new ChildAgents();
  readonly story = new StoryLog();
  readonly home: HomeClaim;
  readonly origin: OriginLog;
  readonly timeline: readonly TimelineEvent[] = this.story.timeline;
  /** The run's workflow type, also in a child agent's workflow. */
  readonly workflow: string;
  /** Whether a token has arrived that says who requested the run. */
  isRequested = false;
  private readonly options: RunOptions;
  private readonly visibility = new Visibility();
  private readonly active = new Map<string, ActiveStep>();
  private readonly plans = new Map<string, PlanView>();
  private state: RunView['state'] = 'running';
  private currentOwner: string;
  private steps = 0;
  private told = '[]';
  /** The scope of everything that the run does, so that a person can end all of it. */
  private readonly scope = CancellationScope.current();
  private abortedWith: BatonError | undefined;
  private tellAborted: (why: BatonError) => void = () => {};

  constructor(options: RunOptions) {
    const { workflowId, firstExecutionRunId, workflowType } = workflowInfo();
    this.rootRun = options.partOf?.rootRun ?? { workflowId, firstExecutionRunId };
    this.root = options.partOf?.root ?? toRootRun(this.rootRun);
    this.origin = new OriginLog(options.origin);
    const { continues } = options;
    this.home = new HomeClaim(options.partOf?.home ?? continues?.home);
    const ledger = options.ledger ?? BudgetAccount.ofRun({}, Date.now());
    if (continues) ledger.spend(toSpending(continues.used));
    const path = options.partOf?.path ?? (continues ? buildRoundPath(continues.round) : '');
    this.scopes = new StepScopes(path, { team: options.team, ledger });
    this.workflow = options.partOf?.workflow ?? workflowType;
    this.options = options;
    this.currentOwner = options.owner;
    if (continues) this.usage.add(continues.used);
  }

  get owner(): string {
    return this.currentOwner;
  }

  /** Records an event that no activity result implies: the next command carries it. */
  record(event: NewEvent, path = this.scopes.path): void {
    this.tell({ kind: 'told', path, event });
  }

  /** Records in the timeline what the run receives or does. */
  tell(fact: Fact): void {
    for (const event of this.story.add(fact)) {
      if (event.kind !== 'handoff') continue;
      this.usage.handoff();
      this.handoffLog.note(event);
    }
    this.publish();
  }

  /** The team whose contracts, policies and recovery apply here: the run's, or the part's if the run has no team. */
  get team(): TeamDefinition | undefined {
    return this.scopes.terms.team;
  }

  /** The budget that applies here: the run's, or that of a part with its own budget. */
  get budget(): BudgetAccount {
    return this.scopes.terms.ledger;
  }

  /** Also in a child agent's workflow. */
  get teamName(): string | undefined {
    return this.team?.name ?? this.options.partOf?.team;
  }

  /** Why a person aborted the run; undefined if no one did. */
  get abortion(): BatonError | undefined {
    return this.abortedWith;
  }

  /** Calls the listener when a person aborts the run. */
  onAbort(listener: (why: BatonError) => void): void {
    this.tellAborted = listener;
  }

  /** Aborts the run: everything is cancelled, and the run fails with this error regardless of the outcome. */
  abort(error: BatonError): Promise<never> {
    this.abortedWith ??= error;
    this.tellAborted(this.abortedWith);
    this.scope.cancel();
    return Promise.reject(error);
  }

  /** The state that a rule may read besides its input. */
  routeState(): RouteState {
    const { modelCalls, toolCalls } = this.usage.report().counts;
    const handoffs = this.timeline.flatMap((event) =>
      event.kind === 'handoff' ? [{ from: event.from, to: event.to }] : [],
    );
    return { owner: this.currentOwner, handoffs, modelCalls, toolCalls };
  }

  recordReturn(from: string, to: string, output: Json, path: string): void {
    this.record({ kind: 'returned', from, to, preview: clip(output) }, path);
  }

  /** Counts one step against the budget that the orchestration declared. */
  countStep(): void {
    this.steps += 1;
    if (this.steps > this.options.maxSteps) {
      throw new BatonError(
        'STEP_BUDGET',
        `Run ${workflowInfo().workflowId} has used its ${this.options.maxSteps} steps. Raise "maxSteps" of the orchestration, or see what it repeats (baton show).`,
        { workflowId: workflowInfo().workflowId, maxSteps: this.options.maxSteps },
      );
    }
    if (this.steps === Math.ceil(this.options.maxSteps * 0.8)) {
      const text = `${this.steps} of ${this.options.maxSteps} steps are used.`;
      this.record({ kind: 'note', text, code: 'STEP_BUDGET' });
    }
  }

  /** Responsibility moves; only an accepted handoff does this. */
  moveOwnership(to: string): void {
    this.currentOwner = to;
    this.publish();
  }

  beginStep(path: string, agent: string, doing: string): void {
    this.active.set(path, { path, agent, doing });
    this.publish();
  }

  endStep(path: string): void {
    this.active.delete(path);
    this.publish();
  }

  /** Records what a child agent reports: that it accepted its task, and its pending requests. */
  mirror(told: MirrorSignal): void {
    if (this.childAgents.tell(told)) this.publish();
  }

  pendingSummaries(): RequestSummary[] {
    return [...this.requests.pending().map(summarizeRequest), ...this.childAgents.pending()];
  }

  /** Shows the state of the plan that runs at a path. */
  showPlan(path: string, plan: PlanView): void {
    this.plans.set(path, plan);
    this.publish();
  }

  end(outcome: 'completed' | 'failed', error?: BatonError): void {
    this.state = outcome;
    this.active.clear();
    this.story.end(outcome, error);
    this.publish();
    this.story.flush();
  }

  view(): RunView {
    const { workflowId, runId, workflowType } = workflowInfo();
    const pending = this.pendingSummaries();
    return {
      v: 1,
      workflowId,
      runId,
      workflow: workflowType,
      ...defined({ team: this.options.team?.name }),
      state: this.state === 'running' && pending.length > 0 ? 'waiting' : this.state,
      owner: this.currentOwner,
      active: [...this.active.values()],
      pending,
      ...this.usage.report(),
      ...(this.plans.size > 0 ? { plans: [...this.plans.values()] } : {}),
      steps: { used: this.steps, budget: this.options.maxSteps },
    };
  }

  /** Publishes what has changed, in as few events as possible. */
  publish(): void {
    const view = this.view();
    showCurrentDetails(view, this.handoffLog.lines, this.requests.pending());
    if (this.options.partOf) this.tellRoot(this.options.partOf.mirror, view.pending);
    else this.visibility.publish(view, this.story);
  }

  note(text: string, code?: BatonError['code'], path = this.scopes.path): void {
    log.info(text);
    this.record({ kind: 'note', text, ...(code ? { code } : {}) }, path);
  }

  private tellRoot(mirror: Mirror, pending: readonly RequestSummary[]): void {
    // Compares complete summaries: the root also shows claims, votes and escalations.
    const told = JSON.stringify(pending);
    if (told === this.told) return;
    this.told = told;
    this.story.flush();
    // The root may have ended: then nothing receives the report, and the request stays pending here.
    mirror(pending).catch((error: unknown) => log.warn('The root was not notified', { error }));
  }
}
