/** Who gave a task to whom, who took it on, and to whom control comes back: read from the envelopes that were sent. */
import { toGrantedEvent, toHandoffEvent } from '../../contracts/wire/handoff-event.js';
import { isErrorCode } from '../../contracts/errors.js';
import { preview } from '../../contracts/data/preview.js';
import { HistoryClarifications } from './history-clarifications.js';
import { HistoryRecovery } from './history-recovery.js';
import { sentBackIn, type MoveShape, type ToldShape } from './history-shapes.js';
import type { Recorder } from './recorder.js';

interface Assignment {
  /** To whom control comes back. */
  readonly from: string;
  /** False when control moved for good. */
  readonly returns: boolean;
}

/** What an agent answered, as far as it says something of its task. */
interface Answer {
  readonly agent: string;
  readonly move: MoveShape;
  readonly acknowledged?: readonly string[] | undefined;
}

export class Assignments {
  /** How often a task was handed on. */
  handoffs = 0;
  readonly clarifications: HistoryClarifications;
  readonly recovery: HistoryRecovery;
  private readonly record: Recorder;
  private readonly byPath = new Map<string, Assignment>();
  /** What is offered at a path and not yet taken on. */
  private readonly offered = new Map<string, ToldShape>();

  constructor(record: Recorder) {
    this.record = record;
    this.clarifications = new HistoryClarifications(record);
    this.recovery = new HistoryRecovery(record);
  }

  /** An agent was offered a task: by a delegation, or by the one who had it before. */
  begin(at: string, path: string, envelope: ToldShape, owner: string): void {
    // A classifier is asked who is to have a task; it gets none.
    if (/(^|\/)route-\d+\/[^/]+$/.test(path)) return;
    this.byPath.set(path, this.assignmentOf(path, envelope));
    this.offered.set(path, envelope);
    if (envelope.control === 'handoff') this.handoffs += 1;
    this.recovery.given(at, path, envelope);
    this.record(at, path, toHandoffEvent(envelope, owner));
    const granted = toGrantedEvent(envelope);
    if (granted) this.record(at, path, granted);
  }

  /** An agent goes on, perhaps because what it handed over came back. */
  goesOn(at: string, agent: string, entries: readonly unknown[]): void {
    const sentBack = sentBackIn(entries);
    if (sentBack === undefined) return;
    const { to, reason } = sentBack;
    const offers = [...this.offered].filter(([, offer]) => offer.from === agent && offer.to === to);
    const [path, offer] = offers.at(-1) ?? [];
    if (path === undefined || offer === undefined) return;
    this.offered.delete(path);
    this.record(at, path, { kind: 'sent-back', handoff: offer.id, to: agent, reason: preview(reason, 300) });
  }

  /** The agent at a path has answered: it takes its task on by that, or says why not. */
  answered(at: string, path: string, answer: Answer, owner: string): void {
    const { agent, move, acknowledged } = answer;
    this.recovery.answered(at, path, agent, move);
    const envelope = this.offered.get(path);
    if (!envelope) return;
    if (move.kind === 'clarify') this.clarifications.ask(path, envelope.id, agent, move.questions ?? []);
    const about = { handoff: envelope.id, by: agent };
    const reason = preview(move.reason, 300);
    if (move.kind === 'decline') {
      const code = isErrorCode(move.code) ? { code: move.code } : {};
      return this.record(at, path, { kind: 'declined', ...about, reason, ...code });
    }
    if (move.kind === 'misrouted') {
      return this.record(at, path, { kind: 'misrouted', ...about, to: move.to ?? '', reason });
    }
    const usable = move.kind !== 'repair' && move.kind !== 'clarify';
    if (envelope.required === undefined ? !usable : !acknowledged) return;
    this.offered.delete(path);
    if (envelope.control === 'delegate' && envelope.required === undefined) return;
    const moved = this.byPath.get(path)?.returns === false;
    const items = acknowledged ?? [];
    this.record(at, path, { kind: 'accepted', ...about, items, owner: moved ? agent : owner });
  }

  finish(at: string, path: string, agent: string, output: string): void {
    const assignment = this.byPath.get(path);
    if (!assignment?.returns) return;
    this.record(at, this.top(path), { kind: 'returned', from: agent, to: assignment.from, preview: output });
  }

  private assignmentOf(path: string, { control, from, routing }: ToldShape): Assignment {
    if (control === 'delegate') return { from, returns: true };
    const handedOn = ['agent', 'person', 'misrouted', 'recovery'].includes(routing.by);
    return (handedOn ? this.above(path) : undefined) ?? { from, returns: false };
  }

  /** Where the chain of handoffs began that this step belongs to. */
  private top(path: string): string {
    const parent = parentOf(path);
    return this.byPath.has(parent) ? this.top(parent) : path;
  }

  private above(path: string): Assignment | undefined {
    const parent = parentOf(path);
    return parent === '' ? undefined : (this.byPath.get(parent) ?? this.above(parent));
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
