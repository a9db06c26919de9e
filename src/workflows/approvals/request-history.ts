/** The history that a person sees with a request: what happened so far on its path, and the state of the run. */
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { toOneLine } from '../../contracts/data/untrusted-text.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { cutToJsonBytes } from '../../contracts/data/within-bytes.js';
import type { Run } from '../runtime/run.js';
import { isBelow, toParentPath } from '../../contracts/data/step-path.js';

const LINES_AT_MOST = 12;
const LINE_BYTES = 300;

/** The history at the time of the request. */
export function describeHistory(
  run: Pick<Run, 'timeline' | 'view'>,
  path: string,
): Pick<ApprovalRequest, 'attempted' | 'state'> {
  const { owner, steps, counts } = run.view();
  const { modelCalls, toolCalls } = counts;
  const attempted = listAttempts(run.timeline, path);
  return {
    ...(attempted.length === 0 ? {} : { attempted }),
    state: { owner, steps, modelCalls, toolCalls },
  };
}

/** The latest events on the path, oldest first. Each event is exactly one line. */
function listAttempts(timeline: readonly TimelineEvent[], path: string): string[] {
  const place = toParentPath(path);
  const here = timeline.filter((event) => place === '' || event.path === place || isBelow(event.path, place));
  const lines = listLines(here);
  const left = lines.length - LINES_AT_MOST;
  return [
    ...(left > 0 ? [`(${left} earlier left out)`] : []),
    ...lines.slice(-LINES_AT_MOST).map((line) => cutToJsonBytes(toOneLine(line), LINE_BYTES)),
  ];
}

/** A problem appears once: an event that only repeats it is shown without it. */
function listLines(events: readonly TimelineEvent[]): string[] {
  const told: string[] = [];
  const isUnusable = (turn: TimelineEvent): boolean =>
    turn.kind === 'turn' &&
    events.some((each) => each.kind === 'repair' && each.path === turn.path && each.turn === turn.turn);
  return events.flatMap((event) => {
    const line = isUnusable(event) ? undefined : describeAttempt(event);
    if (typeof line !== 'object') return line ?? [];
    const { what, problem } = line;
    if (told.some((earlier) => problem.includes(earlier))) return `${what} (as before)`;
    told.push(problem);
    return `${what}: ${problem}`;
  });
}

interface Failed {
  readonly what: string;
  readonly problem: string;
}

function describeAttempt(event: TimelineEvent): string | Failed | undefined {
  switch (event.kind) {
    case 'turn':
      return `${event.agent}, turn ${event.turn}: ${event.move}`;
    case 'repair':
      return {
        what: `${event.agent}, turn ${event.turn}: an answer that cannot be used`,
        problem: event.problem,
      };
    case 'tool':
      return `${event.tool} of ${event.agent}: ${event.outcome}: ${event.preview}`;
    case 'returned':
      return `${event.from} gave control back to ${event.to}`;
    case 'handoff':
    case 'delegated':
      return `${event.from} gave the task to ${event.to}`;
    case 'declined':
      return `${event.by} declined: ${event.reason}`;
    case 'recovery':
      return { what: `${event.agent} failed with ${event.cause.code}`, problem: event.cause.message };
    case 'decided':
      return `${event.by} decided "${event.option}"${event.reason === undefined ? '' : `: ${event.reason}`}`;
    case 'expired':
      return 'nobody decided before the deadline';
    default:
      return undefined;
  }
}
