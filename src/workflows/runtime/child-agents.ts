/** The child agents of a run that have workflows of their own: what they tell shows at the root until they end. */
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

  /** Those that are at work. */
  ids(): string[] {
    return [...this.open.keys()];
  }

  /** Takes in what a child agent tells; false when this run has none of that id. It is decided there, not here. */
  tell({ workflowId, pending, accepted }: MirrorSignal): boolean {
    const child = this.open.get(workflowId);
    if (!child) return false;
    child.pending = pending;
    if (accepted) child.accepted?.(accepted);
    return true;
  }

  pending(): RequestSummary[] {
    return [...this.open.values()].flatMap(({ pending }) => pending);
  }
}
