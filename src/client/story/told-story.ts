/** What a history tells of a run. */
import type { Cost } from '../../contracts/definitions/cost.js';
import type { ActiveStep, RunView } from '../../contracts/wire/run-view.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

export interface ToldStory {
  readonly workflow: string;
  readonly owner: string;
  readonly team?: string;
  readonly timeline: readonly TimelineEvent[];
  readonly pending: readonly RequestSummary[];
  readonly active: readonly ActiveStep[];
  readonly counts: RunView['counts'];
  readonly costs?: readonly Cost[];
  readonly models: readonly string[];
  /** The workflows of specialists that have one of their own. */
  readonly children: readonly string[];
}
