/** The visibility query behind a list. */

/** Which runs a list shows; all that is given must hold. */
export interface ListFilter {
  readonly state?: 'running' | 'waiting' | 'completed' | 'failed';
  readonly workflow?: string;
  readonly team?: string;
}

export function buildListQuery(filter: ListFilter): string {
  const parts = [
    // Only roots are tagged; a specialist's own workflow shows at its root.
    'BatonState is not null',
    ...(filter.state ? [buildStateQuery(filter.state)] : []),
    ...(filter.workflow ? [`WorkflowType = ${quote(filter.workflow)}`] : []),
    ...(filter.team ? [`BatonTeam = ${quote(filter.team)}`] : []),
  ];
  return parts.join(' and ');
}

function buildStateQuery(state: NonNullable<ListFilter['state']>): string {
  switch (state) {
    case 'running':
      return `ExecutionStatus = 'Running' and BatonState = 'running'`;
    case 'waiting':
      return `ExecutionStatus = 'Running' and BatonState = 'waiting'`;
    case 'completed':
      return `ExecutionStatus = 'Completed'`;
    case 'failed':
      return `(ExecutionStatus = 'Failed' or ExecutionStatus = 'TimedOut' or ExecutionStatus = 'Terminated' or ExecutionStatus = 'Canceled')`;
  }
}

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
