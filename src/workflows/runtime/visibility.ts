/**
 * The public view of a run, which needs no query: search attributes and a limited memo. Each write is an event, so it
 * happens only when something changed that people search for.
 */
import type { RunMemo, RunView } from '../../contracts/wire/run-view.js';
import { upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';
import { listWaitsFor } from '../../contracts/requests/waits-for.js';
import { MEMO_KEY, MEMO_PENDING_LIMIT } from '../../contracts/wire/wire.js';

import type { StoryLog } from './story-log.js';

const KEYWORD = SearchAttributeType.KEYWORD;
const TEAM = defineSearchAttributeKey('BatonTeam', KEYWORD);
const STATE = defineSearchAttributeKey('BatonState', KEYWORD);
const AGENT = defineSearchAttributeKey('BatonAgent', KEYWORD);
const REASON = defineSearchAttributeKey('BatonReason', KEYWORD);
const WAITS_FOR = defineSearchAttributeKey('BatonWaitsFor', SearchAttributeType.KEYWORD_LIST);
const DEADLINE = defineSearchAttributeKey('BatonDeadline', SearchAttributeType.DATETIME);

type Seen = Pick<RunView, 'team' | 'owner' | 'pending' | 'state' | 'costs'>;

export class Visibility {
  private attributes = '';
  private memo = '';

  publish(now: Seen, story: StoryLog): void {
    const first = now.pending[0];
    const deadline = now.pending.flatMap((request) => request.deadline ?? []).toSorted()[0];
    const waitsFor = listWaitsFor(now.pending);
    const attributes = JSON.stringify([now.owner, first?.reason, deadline, waitsFor]);
    if (attributes !== this.attributes) {
      this.attributes = attributes;
      // Values that the run was started with need no additional event.
      const changes = toPairs(now, deadline, waitsFor).filter(isNews);
      if (changes.length > 0) upsertSearchAttributes(changes);
    }
    const memo: RunMemo = {
      v: 1,
      owner: now.owner,
      pending: now.pending.slice(0, MEMO_PENDING_LIMIT),
      more: Math.max(0, now.pending.length - MEMO_PENDING_LIMIT),
    };
    const ended = now.state === 'completed' || now.state === 'failed';
    // The cost changes with every turn, and each write is an event, so it is written when the run ends.
    const costs = now.costs && (ended || now.pending.length > 0) ? { costs: now.costs } : {};
    const text = JSON.stringify([memo, ended ? costs : {}]);
    // A run that never asked a person needs no memo: its absence means the same.
    const worthIt = this.memo !== '' || now.pending.length > 0 || (ended && now.costs !== undefined);
    if (worthIt && text !== this.memo) {
      this.memo = text;
      upsertMemo({ [MEMO_KEY]: { ...memo, ...costs }, ...story.takeForMemo() });
    }
  }
}

/** Temporal's status already shows how a run ended: repeating it would cost every run an event. */
function toPairs(
  { team, owner, pending }: Seen,
  deadline: string | undefined,
  waitsFor: string[],
): SearchAttributeUpdatePair[] {
  const waiting = pending.length > 0;
  return [
    { key: STATE, value: waiting ? 'waiting' : 'running' },
    { key: AGENT, value: owner },
    { key: TEAM, value: team ?? null },
    { key: REASON, value: pending[0]?.reason ?? null },
    { key: WAITS_FOR, value: waiting ? waitsFor : null },
    { key: DEADLINE, value: deadline === undefined ? null : new Date(deadline) },
  ];
}

function isNews({ key, value }: SearchAttributeUpdatePair): boolean {
  const known: unknown = workflowInfo().typedSearchAttributes.get(key) ?? null;
  return JSON.stringify(known) !== JSON.stringify(value);
}
