/** Whether an audit has the complete history: a missing part could contain an action. */
import type { AuditMismatch } from '../../schemas/documents/audit.js';
import type { Evidence } from './evidence.js';

export type OneRun = readonly [Evidence, ...Evidence[]];

/** Splits the evidence by run: after a run ends, anyone can use its id again. */
export function splitRuns(all: OneRun): OneRun[] {
  const [{ workflowId }] = all;
  const runs = new Map<string, [Evidence, ...Evidence[]]>();
  for (const each of all.filter((evidence) => evidence.workflowId === workflowId)) {
    const known = runs.get(each.firstExecutionRunId);
    if (known) known.push(each);
    else runs.set(each.firstExecutionRunId, [each]);
  }
  const groups = [...runs.values()];
  for (const each of all.filter((evidence) => evidence.workflowId !== workflowId)) {
    const owner = groups.find((group) => group.some((parent) => isChildOf(parent, each))) ?? groups.at(-1);
    owner?.push(each);
  }
  return groups.map(dropCopies);
}

function isChildOf({ children }: Evidence, { workflowId, firstExecutionRunId }: Evidence): boolean {
  return children.some(
    (child) =>
      child.workflowId === workflowId && (child.runId ?? firstExecutionRunId) === firstExecutionRunId,
  );
}

/** A reset execution starts with a copy of the other one's events, which count once. */
function dropCopies(run: OneRun): OneRun {
  const [first, ...more] = run.map((evidence) => {
    const { workflowId, resets, copiedUntil } = evidence;
    const isThere = resets.every((runId) => hasExecution(run, workflowId, runId));
    if (!isThere || copiedUntil === 0) return evidence;
    const isNew = ({ toldBy }: { readonly toldBy: number }): boolean => toldBy === 0 || toldBy > copiedUntil;
    return {
      ...evidence,
      actions: evidence.actions.filter(isNew),
      decisions: evidence.decisions.filter(isNew),
    };
  });
  return [first ?? run[0], ...more];
}

function hasExecution(run: OneRun, workflowId: string, runId: string): boolean {
  return run.some((each) => each.workflowId === workflowId && each.runId === runId);
}

/** The missing parts of a run, each with what to do. */
export function findGaps(run: OneRun): AuditMismatch[] {
  return run.flatMap((evidence) => {
    const { workflowId, runId, cut, end, continues, next, resets, children } = evidence;
    const where = `${workflowId} (${runId || 'no run id'})`;
    const missing = (other: string | undefined, what: string): AuditMismatch[] =>
      other === undefined || hasExecution(run, workflowId, other)
        ? []
        : [{ where, why: 'missing-run', message: `${what} ${other}, whose history is not there.` }];
    return [
      ...(cut === undefined ? [] : [{ where, why: 'cut', message: `Its history is cut: ${cut}.` }]),
      ...(cut === undefined && end === undefined
        ? [{ where, why: 'no-end', message: 'It still runs, or its history is cut at the end.' }]
        : []),
      ...missing(continues, 'The run continues'),
      ...missing(next, 'The run continues as'),
      ...resets.flatMap((base) => missing(base, 'The run was made by a reset of')),
      ...children
        .filter((child) => !run.some((each) => isChildOf({ ...evidence, children: [child] }, each)))
        .map((child) => ({
          where,
          why: 'missing-child',
          message: `It started ${child.workflowId}${child.runId === undefined ? '' : ` (${child.runId})`}, whose history is not there.`,
        })),
    ];
  });
}
