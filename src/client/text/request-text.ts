/** Why a person is asked, and what follows when nobody decides, in words. */
import type { RequestReason } from '../../contracts/requests/request-parts.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';

export const REASONS: Readonly<Record<RequestReason, string>> = {
  'asked-by-orchestration': 'the orchestration asks',
  'irreversible-effect': 'the action cannot be undone',
  compliance: 'a rule of the house applies to the action',
  'low-confidence': 'nobody is sure enough of the action',
  'unknown-outcome': 'nobody knows whether the action took place',
  'handed-over': 'the task is handed to a person',
  clarification: 'a receiver must know before it takes the task on, and its sender does not',
  'recovery-exhausted': 'a task failed, and nothing that is declared has mended it',
};

const AFTERWARDS: Partial<Readonly<Record<RequestReason, string>>> = {
  'handed-over': 'then it fails, with nothing done',
  'recovery-exhausted': 'then what is declared as the end follows',
};

/** What follows when nobody decides in time. */
export function describeExpiry({ reason, onExpiry }: Pick<RequestSummary, 'reason' | 'onExpiry'>): string {
  if (onExpiry === 'reject') return 'then it counts as rejected';
  return AFTERWARDS[reason] ?? 'then the answer is no';
}
