/** Builds a run's tree of steps from its timeline, by step paths. Pure. */
import { getOptionWords } from '../../client/text/option-words.js';
import type { ActivityProgress, RunView } from '../../contracts/wire/run-view.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { toParentStep, toStepName, isPlan } from '../../contracts/data/shown-path.js';
import { readRepeat, readLastPart } from '../../contracts/data/step-path.js';

export interface Told {
  readonly timeline: readonly TimelineEvent[];
  readonly active: RunView['active'];
  readonly state: RunView['state'];
  readonly progress?: readonly ActivityProgress[];
}

/** The run's top steps. Branches of `parallel` are direct children of the run. */
export function buildStepTree({ timeline, active, state, progress = [] }: Told): Step[] {
  const root: Step = { path: '', label: '', kind: 'group', state: 'working', events: [], children: [] };
  const byPath = new Map<string, Step>([['', root]]);
  const requests = new Map<string, string>();
  for (const event of timeline) {
    if (event.kind === 'asked') requests.set(event.request, event.path);
    const path = 'request' in event ? (requests.get(event.request) ?? event.path) : event.path;
    if (path === '') continue;
    apply(findStep(byPath, path), event);
  }
  for (const { path, agent, doing } of active) {
    const step = findStep(byPath, readRepeat(path).path);
    step.state = 'working';
    step.doing = doing;
    if (step.events.length === 0) {
      step.kind = toStepName(path) === agent ? 'agent' : 'tool';
      step.label = step.kind === 'agent' ? agent : doing;
    }
  }
  for (const { path, text } of progress) {
    const step = byPath.get(readRepeat(path).path);
    if (step) step.progress = text;
  }
  settle(root, state);
  return flattenPlans(root.children);
}

function findStep(byPath: Map<string, Step>, path: string): Step {
  const known = byPath.get(path);
  if (known) return known;
  const parent = findStep(byPath, toParentStep(path));
  const step: Step = {
    path,
    label: toStepName(path),
    kind: 'group',
    state: 'done',
    events: [],
    children: [],
  };
  byPath.set(path, step);
  parent.children.push(step);
  return step;
}

function apply(step: Step, event: TimelineEvent): void {
  step.events.push(event);
  step.startedAt ??= event.at;
  step.endedAt = event.at;
  if (hasFailed(step, event)) {
    step.state = 'failed';
    return;
  }
  Object.assign(step, deriveChanges(event, step));
}

/** The changes of a step that follow from an event. */
function deriveChanges(event: TimelineEvent, step: Step): Partial<Pick<Step, 'kind' | 'label' | 'state'>> {
  switch (event.kind) {
    case 'delegated':
    case 'handoff':
      return { kind: 'agent', label: event.to, state: 'working' };
    case 'declined':
    case 'misrouted':
    case 'sent-back':
      return { kind: 'agent', state: 'refused' };
    case 'turn':
      return {
        kind: 'agent',
        label: event.agent,
        state: ENDING.includes(event.did ?? '') ? 'done' : 'working',
      };
    case 'tool': {
      const { tool: label, outcome } = event;
      return { kind: 'tool', label, state: outcome === 'done' || outcome === 'refused' ? outcome : 'failed' };
    }
    case 'asked':
      return { kind: step.kind === 'group' ? 'request' : step.kind, state: 'waiting' };
    case 'decided':
      return { state: isRefusal(event.option) ? 'refused' : 'done' };
    case 'expired':
      return { state: 'refused' };
    case 'routed':
    case 'returned':
      return { state: 'done' };
    default:
      return {};
  }
}

/** Answers that end an agent's work. */
const ENDING: readonly string[] = ['finish', 'handoff', 'fan-out'];

/** Whether the participant of this step failed for good, even though the run continues. */
function hasFailed({ kind }: Step, event: TimelineEvent): boolean {
  if (event.kind === 'recovery') return true;
  return event.kind === 'note' && event.code !== undefined && kind === 'agent';
}

function isRefusal(option: string): boolean {
  return getOptionWords(option).tone === 'no' || getOptionRow(option).carries === 'to';
}

/** Derives a step's state from its children and from the end of the run. */
function settle(step: Step, run: RunView['state']): void {
  for (const child of step.children) settle(child, run);
  const ended = run === 'completed' || run === 'failed';
  if (ended && (step.state === 'working' || step.state === 'waiting')) {
    step.state = run === 'completed' ? 'done' : 'failed';
  }
  if (step.kind !== 'group') return;
  const has = (state: StepState): boolean => step.children.some((child) => child.state === state);
  step.state = has('working') ? 'working' : has('waiting') ? 'waiting' : has('failed') ? 'failed' : 'done';
  for (const child of step.children) {
    if (child.startedAt && (!step.startedAt || child.startedAt < step.startedAt))
      step.startedAt = child.startedAt;
    if (child.endedAt && (!step.endedAt || child.endedAt > step.endedAt)) step.endedAt = child.endedAt;
  }
}

export type StepState = 'working' | 'waiting' | 'done' | 'failed' | 'refused';

export interface Step {
  readonly path: string;
  /** The agent, the tool, or the kind of step. */
  label: string;
  kind: 'agent' | 'tool' | 'group' | 'request';
  state: StepState;
  /** UTC; the times of the first and the last event. */
  startedAt?: string;
  endedAt?: string;
  readonly events: TimelineEvent[];
  readonly children: Step[];
  /** The subtask of a plan that this step works on. */
  readonly part?: string;
  /** The current activity. */
  doing?: string;
  /** The latest progress message, if any. */
  progress?: string;
}

/** Replaces each subtask's folder by its only agent, which keeps the subtask's id. */
function flattenPlans(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({
    ...step,
    children: isPlan(step.path) ? step.children.map(toSubtaskStep) : flattenPlans(step.children),
  }));
}

function toSubtaskStep(folder: Step): Step {
  const [only, ...others] = folder.children;
  if (folder.kind !== 'group' || only === undefined || others.length > 0) return folder;
  return { ...only, part: readLastPart(folder.path) };
}
