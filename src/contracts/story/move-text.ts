/** An agent's move in the words of a timeline. */
import type { Json } from '../data/json.js';
import { shortenPreview } from '../data/preview.js';

/** What of a move is told. A history may come from another version, so nothing but its kind is sure. */
export interface ToldMove {
  readonly kind: string;
  readonly preview?: string | undefined;
  readonly output?: Json | undefined;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
  readonly problem?: string | undefined;
  readonly questions?: readonly string[] | undefined;
  readonly handoffs?: readonly { readonly to: string }[] | undefined;
  readonly calls?: readonly { readonly tool: string; readonly preview: string }[] | undefined;
}

export function describeMove(move: ToldMove): string {
  switch (move.kind) {
    case 'finish':
      return `finished: ${move.preview ?? ''}`;
    case 'handoff':
      return `hands over to ${move.to ?? ''}`;
    case 'fan-out':
      return `hands over to ${(move.handoffs ?? []).map(({ to }) => to).join(', ')} at the same time`;
    case 'acknowledged':
      return 'takes the task on';
    case 'clarify':
      return `asks first: ${shortenPreview((move.questions ?? []).join(' '), 80)}`;
    case 'decline':
      return `declines: ${shortenPreview(move.reason, 80)}`;
    case 'misrouted':
      return `says ${move.to ?? ''} should have it: ${shortenPreview(move.reason, 80)}`;
    case 'tools': {
      const calls = (move.calls ?? []).map(
        ({ tool, preview: shown }) => `${tool}(${shortenPreview(shown, 60)})`,
      );
      return `calls ${calls.join(', ') || 'nothing that may be carried out'}`;
    }
    default:
      return `unusable: ${shortenPreview(move.problem, 80)}`;
  }
}
