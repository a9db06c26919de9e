/** The specialists of a run that have workflows of their own: what they tell shows at the root until they end. */
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { MirrorSignal } from '../../contracts/wire/wire.js';

type OnAccepted = ((items: readonly string[]) => void) | undefined;

export class ChildAgents {
  private readonly open = new Map<string, { pending: readonly RequestSummary[]; accepted: OnAccepted }>();

  begins(workflowId: string, accepted: OnAccepted): void {
    this.open.set(workflowId, { pending: [], accepted });
  }

  ends(workflowId: string): void {
    this.open.delete(workflowId);
  }

  /** Takes in what a specialist tells; false when this run has none of that id. It is decided there, not here. */
  tell({ workflowId, pending, accepted }: MirrorSignal): boolean {
    const specialist = this.open.get(workflowId);
    if (!specialist) return false;
    specialist.pending = pending;
    if (accepted) specialist.accepted?.(accepted);
    return true;
  }

  pending(): RequestSummary[] {
    return [...this.open.values()].flatMap(({ pending }) => pending);
  }
}
