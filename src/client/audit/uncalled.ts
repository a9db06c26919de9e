/** Finds approved actions whose call is missing from the histories: someone may have removed it. */
import type { AuditedDecision, AuditMismatch } from '../../schemas/documents/audit.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import type { Evidence } from './evidence.js';
import type { Requirements } from './requirements.js';

export function findUncalled(
  all: readonly Evidence[],
  decisions: readonly AuditedDecision[],
  requirements: Requirements,
): AuditMismatch[] {
  const called = new Set(
    all.flatMap(({ workflowId, actions }) => actions.map(({ input }) => `${workflowId} ${input.step}`)),
  );
  return [...new Set(decisions.map(({ request }) => request))].flatMap((id) => {
    const request = requirements.request(id);
    const of = decisions.filter((decision) => decision.request === id);
    const [first] = of;
    if (request?.tool === undefined || first === undefined) return [];
    const { path, tool, yes = [], needs } = request;
    const isCalled = called.has(`${first.workflowId} ${path}`);
    if (isCalled || !isLetHappen(of, ['approve', ...yes], needs?.quorum ?? 1)) return [];
    return [
      {
        where: `${first.workflowId} ${path}`,
        why: 'no-call',
        message: `${tool} was approved (${id}), and no history has its call: the run ended before it, or the call was cut out.`,
      },
    ];
  });
}

/** Whether it has enough approvals and nothing ended it. An edit invalidates earlier votes. */
function isLetHappen(decisions: readonly AuditedDecision[], yes: readonly string[], quorum: number): boolean {
  const last = decisions.findLastIndex(({ option }) => option === 'edit');
  const since = decisions.slice(last + 1);
  const isEnding = (option: string): boolean =>
    !yes.includes(option) && !['open', 'claim'].includes(getOptionRow(option).effect);
  const people = new Set(since.filter(({ option }) => yes.includes(option)).map(({ by }) => by));
  return people.size >= quorum && !since.some(({ option }) => isEnding(option));
}
