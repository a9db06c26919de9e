/** The active child agents of a run: the root shows what they report until they end. */
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

  /** The ids of the active child agents. */
  ids(): string[] {
    return [...this.open.keys()];
  }

  /**
   * Records what a child agent reports; false when this run has no child agent with that id. Its requests are decided
   * there, not here.
   */
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
