/**
 * The origin of a run's requests: the input, how each task reached its owner, and what tools read. Everything that any
 * agent read before counts, because one agent may have passed it to another.
 */
import { defined } from '../../contracts/data/defined.js';
import type { Json } from '../../contracts/data/json.js';
import { clip, clipDeep } from '../../contracts/data/preview.js';
import { isBelow } from '../../contracts/data/step-path.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { boundOrigin, mergeSources } from '../../contracts/requests/bound-origin.js';
import type {
  OriginHandoff,
  OriginSource,
  OriginTask,
  RequestOrigin,
} from '../../contracts/requests/origin.js';

const TASK_TEXT = 1_000;
const GOAL_TEXT = 300;
const SOURCE_TEXT = 160;
const NAME_TEXT = 80;
const HANDOFFS_AT_MOST = 8;
/** The limit of untrusted tool calls that are listed. */
const SOURCES_AT_MOST = 24;

interface Hop extends OriginHandoff {
  readonly place: string;
  /** The envelope that gave its sender the task. */
  readonly before: string | undefined;
}

/** The result that a tool gave an agent. */
export interface ToolAnswer extends Pick<OriginSource, 'by' | 'gave' | 'tool' | 'untrusted'> {
  /** The arguments of the call. */
  readonly source: string;
}

export class OriginLog {
  private task: OriginTask | undefined;
  private sources: readonly OriginSource[] = [];
  /** By the id of the envelope. */
  private readonly hops = new Map<string, Hop>();
  private readonly base: RequestOrigin;

  /** The origin from before this execution: of the run that a child agent is part of, or of the previous execution. */
  constructor(base: RequestOrigin = { handoffs: [], read: [] }) {
    this.base = base;
  }

  /** The tool results that were read in this execution. */
  get read(): readonly OriginSource[] {
    return this.sources;
  }

  /** Records the run's input, or a message. */
  ask(said: Json | undefined, by?: string): void {
    const text = clipDeep(said, TASK_TEXT);
    if (text !== '') this.task = { text, ...defined({ by: by === undefined ? by : clip(by, NAME_TEXT) }) };
  }

  /** Records who received a task. */
  handOff(
    envelope: Pick<Envelope, 'id' | 'from' | 'input' | 'task' | 'to'>,
    place: string,
    before?: string,
  ): void {
    const { id, from, to, task, input } = envelope;
    const goal = clip(task?.goal, GOAL_TEXT) || clipDeep(input, GOAL_TEXT);
    this.hops.set(id, { from: clip(from, NAME_TEXT), to, goal, place, before });
  }

  /** Records a tool's result for an agent. */
  noteAnswer({ by, tool, source, gave, untrusted }: ToolAnswer): void {
    const sources = source === '' ? [] : [clip(source, SOURCE_TEXT)];
    const told = defined({ gave: clip(gave, SOURCE_TEXT) || undefined, untrusted });
    this.add([{ by: clip(by, NAME_TEXT), tool, times: 1, sources, ...told }]);
  }

  /** Adds what a child agent has read. */
  add(read: readonly OriginSource[]): void {
    this.sources = mergeSources([...this.sources, ...read], SOURCES_AT_MOST);
  }

  /** The origin of a request at a path. */
  of(path: string): RequestOrigin {
    const here = [...this.hops.values()].filter(({ place }) => path === place || isBelow(path, place));
    const deepest = Math.max(...here.map(({ place }) => place.length));
    const last = here.findLast(({ place }) => place.length === deepest);
    return this.build(last === undefined ? this.listAll() : this.listWay(last));
  }

  /** Everything known, for the execution that continues the run. */
  all(): RequestOrigin {
    return this.build(this.listAll());
  }

  private listAll(): readonly OriginHandoff[] {
    return [...this.base.handoffs, ...[...this.hops.values()].map(toHandoff)];
  }

  /** The path back from a handoff. When it leads out of this execution, the earlier origin comes first. */
  private listWay(last: Hop): readonly OriginHandoff[] {
    const way: OriginHandoff[] = [];
    const seen = new Set<string>();
    for (let hop: Hop | undefined = last; hop !== undefined;) {
      way.unshift(toHandoff(hop));
      const { before }: Hop = hop;
      if (before === undefined || seen.has(before)) return way;
      seen.add(before);
      hop = this.hops.get(before);
    }
    return [...this.base.handoffs, ...way];
  }

  private build(handoffs: readonly OriginHandoff[]): RequestOrigin {
    const read = mergeSources([...this.base.read, ...this.sources], SOURCES_AT_MOST);
    const task = this.task ?? this.base.task;
    return boundOrigin(
      { ...this.base, ...defined({ task }), handoffs, read },
      HANDOFFS_AT_MOST,
      SOURCES_AT_MOST,
    );
  }
}

function toHandoff({ from, to, goal }: Hop): OriginHandoff {
  return { from, to, goal };
}
