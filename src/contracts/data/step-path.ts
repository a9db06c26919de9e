/**
 * The grammar of step paths. Only this module, and `shown-path` for people, writes or reads labels. A path comes from
 * the code's structure, never from the order in which things complete. So each step keeps its path in a replay and a
 * reset.
 *
 * Paths key store entries, effect ids and idempotency keys: a changed label could repeat an irreversible action after
 * an upgrade. Labels must stay byte-equal; `step-path.test.ts` pins each.
 */

/** A step below another; the path of the run is ''. */
export function joinPath(parent: string, child: string): string {
  return parent === '' ? child : `${parent}/${child}`;
}

/** The parent path; '' for a top-level step. */
export function toParentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path. */
export function readLastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a step is below another one, at any depth. */
export function isBelow(path: string, above: string): boolean {
  return path.startsWith(`${above}/`);
}

/** The ordinal-th step of a label, from 0: `researcher-0`. */
export function numberLabel(label: string, ordinal: number): string {
  return `${label}-${ordinal}`;
}

/** Where the later executions of a loop begin: `r1`, `r2`, … */
export function buildRoundPath(round: number): string {
  return `r${round}`;
}

/** One branch of a `parallel`, from 0: `parallel-0/2`. */
export function buildBranchPath(path: string, branch: number): string {
  return joinPath(path, String(branch));
}

/** A turn of the agent at a path, from 1; also a message of a conversation. */
export function buildTurnPath(path: string, turn: number): string {
  return joinPath(path, numberLabel('turn', turn));
}

/** The turn's number and path; undefined if it is not a turn. */
export function readTurn(turnKey: string): { readonly path: string; readonly turn: number } | undefined {
  const [, path, turn] = /^(.+)\/turn-(\d+)$/.exec(turnKey) ?? [];
  return path === undefined ? undefined : { path, turn: Number(turn) };
}

/** A tool call in an answer. The head is a hash of the conversation so far, so a reset gives the same name. */
export function buildToolCallPath(
  path: string,
  { tool, head, index }: { readonly tool: string; readonly head: string; readonly index: number },
): string {
  return `${path}/${tool}-${head.slice(0, 8)}-${index}`;
}

/** A repeat of an action after an unknown outcome; attempt 0 is the action itself. */
export function buildRepeatPath(path: string, attempt: number): string {
  return attempt === 0 ? path : `${path}/again-${attempt}`;
}

/**
 * Each repeat has exactly one spelling. A second spelling would be another step, for which the same decision could be
 * spent again.
 */
const REPEAT = /^(.*)\/again-([1-9]\d{0,3})$/;

/** The action that a step repeats, and the number of the repeat; 0 for the action itself. */
export function readRepeat(step: string): { readonly path: string; readonly attempt: number } {
  const [, path = step, attempt = '0'] = REPEAT.exec(step) ?? [];
  return { path, attempt: Number(attempt) };
}

/** Where people are asked whether an action happened. */
export function buildOutcomePath(step: string): string {
  return `${step}/outcome`;
}

/** Where people are asked to approve an action, from 1: each round after the first is a separate step. */
export function buildAskedPath(path: string, round: number): string {
  return round === 1 ? path : `${path}/asked-${round}`;
}

/** Where someone answers a question that an approver asked back, from 1. */
export function buildAskBackPath(path: string, round: number): string {
  return `${path}/ask-back-${round}`;
}

/** Where the sender answers the receiver's questions before it accepts, from 1. */
export function buildClarifyPath(place: string, round: number): string {
  return `${place}/clarify-${round}`;
}

/** Where a person answers a question that the sender can't, from 0. */
export function buildQuestionPath(path: string, index: number): string {
  return `${path}/question-${index}`;
}

/** A side question that is asked again because its answer could not be read. */
export function buildRepairPath(path: string, repairs: number): string {
  return repairs === 0 ? path : `${path}/repair-${repairs}`;
}

/** Where several handoffs of one answer run in parallel. */
export function buildFanOutPath(place: string, turns: number): string {
  return `${place}/fan-out-${turns}`;
}

/** Where the hop-th receiver of a task works: below the place where the task started. */
export function buildHopPath(place: string, to: string, hop: number): string {
  return `${place}/${numberLabel(to, hop)}`;
}

/** Where a person is asked to accept a task or to give its result. It is numbered after they have asked back. */
export function buildPersonPath(place: string, step: 'asked' | 'result', turns: number): string {
  return `${place}/${turns === 0 ? step : numberLabel(step, turns + 1)}`;
}

/** Where a person decides about a failed task. */
export function buildRecoveryPath(place: string): string {
  return `${place}/recovery`;
}

/** Where a person chooses the destination of a route. */
export function buildRoutePersonPath(path: string): string {
  return joinPath(path, 'person');
}

/** The path under which a run records the effects of its child agent. */
export function buildChildAgentPath(place: string): string {
  return `${place}/specialist`;
}

/** A step of a graph. */
export function buildGraphStepPath(path: string, step: number): string {
  return joinPath(path, numberLabel('step', step));
}

/** The label under which people inspect a graph before or after some nodes. */
export function interruptLabel(when: string): string {
  return `interrupt-${when}`;
}

/** Where a plan runs the rest of a subtask that failed. */
export function buildSubtaskAgainLabel(subtask: string): string {
  return `${subtask}-again`;
}

/** The innermost `parallel` branch that contains a step, from 0. */
export function readBranch(path: string): number | undefined {
  const branch = /.*(?:^|\/)parallel-\d+\/(\d+)\//.exec(path)?.[1];
  return branch === undefined ? undefined : Number(branch);
}

/** The name of an agent in a summary: in a branch of `parallel` with the number of the branch, from 1. */
export function formatNameAt(agent: string, path: string): string {
  const branch = readBranch(path);
  return branch === undefined ? agent : `${agent} ${branch + 1}`;
}
