/**
 * What followed upon failures, as far as a history tells it: it stands in what a recovery agent was given and decided, in
 * the task that was given once more, and in the request to a person. What a policy declares as the end leaves no trace.
 */
import { z } from 'zod';
import { isErrorCode, type ErrorCode } from '../../contracts/errors.js';
import { preview } from '../../contracts/data/preview.js';
import type { RecoveryStep, TimelineEvent } from '../../contracts/wire/timeline.js';
import type { MoveShape, ToldShape } from './history-shapes.js';
import type { Recorder } from './recorder.js';

type Cause = Extract<TimelineEvent, { kind: 'recovery' }>['cause'];

/** Somebody's failure, and where in the run it was. */
interface Failure {
  readonly agent: string;
  readonly cause: Cause;
  readonly path: string;
}

const Report = z.object({
  attempts: z.array(z.object({ agent: z.string(), code: z.string(), message: z.string() })).min(1),
  state: z.object({ path: z.string() }),
});

const Decided = z.object({ decision: z.string() });

export class HistoryRecovery {
  private readonly record: Recorder;
  /** Recovery agents that were asked, by where they work. */
  private readonly asked = new Map<string, Failure>();
  /** What failed, by the path at which somebody was asked what is to be done. */
  private readonly persons = new Map<string, Failure>();
  /** The last one who failed and about whom somebody was asked: what comes next was decided, and no alternative. */
  private readonly deciding = new Set<string>();

  constructor(record: Recorder) {
    this.record = record;
  }

  /** A task was given: to a recovery agent, or once more to somebody. */
  given(at: string, path: string, envelope: ToldShape): void {
    if (envelope.trigger !== 'error-recovery') return;
    const report = envelope.control === 'delegate' ? Report.safeParse(envelope.input).data : undefined;
    if (report) {
      const failure = failureIn(report);
      this.asked.set(path, failure);
      this.deciding.add(failure.agent);
      return this.step(at, failure, 'agent', envelope.to);
    }
    const failure = failureOf(path, envelope);
    if (failure === undefined) return;
    const decided = this.deciding.delete(failure.agent);
    this.step(at, failure, decided ? 'retry' : 'alternative', envelope.to);
  }

  /** A recovery agent gave a result of the task. */
  answered(at: string, path: string, agent: string, move: MoveShape): void {
    const failure = this.asked.get(path);
    if (failure === undefined || move.kind !== 'finish') return;
    if (Decided.safeParse(move.output).data?.decision === 'resolved')
      this.step(at, failure, 'resolved', agent);
  }

  /** A person was asked what is to be done. */
  askedPerson(at: string, path: string, agent: string, question: string): void {
    const code = /\((?<code>[A-Z_]+)\)/.exec(question)?.groups?.['code'];
    if (!path.endsWith('/recovery') || !isErrorCode(code)) return;
    const failure = { agent, path: path.replace(/\/recovery$/, ''), cause: { code, message: '' } };
    this.persons.set(path, failure);
    this.deciding.add(agent);
    this.step(at, failure, 'person');
  }

  /** They gave a result themselves; a task that they give once more tells of itself. */
  decided(at: string, path: string, option: string, by: string): void {
    const failure = this.persons.get(path);
    if (failure !== undefined && option === 'answer') this.step(at, failure, 'resolved', by);
  }

  private step(at: string, { agent, cause, path }: Failure, step: RecoveryStep, to?: string): void {
    this.record(at, path, { kind: 'recovery', step, agent, cause, ...(to === undefined ? {} : { to }) });
  }
}

function failureIn({ attempts, state: { path } }: z.infer<typeof Report>): Failure {
  const last = attempts.at(-1);
  return {
    agent: last?.agent ?? '',
    path,
    cause: { code: toErrorCode(last?.code), message: preview(last?.message, 300) },
  };
}

/** Whoever gets a task once more is told who could not do it, and why. */
function failureOf(path: string, { guidance = '', routing }: ToldShape): Failure | undefined {
  const said = [...guidance.matchAll(/^(\S+) could not do this \(([A-Z_]+)\): (.*)$/gm)].at(-1);
  const [, agent = /^\S+/.exec(routing.reason ?? '')?.[0], code, message = ''] = said ?? [];
  if (agent === undefined) return undefined;
  const from = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return { agent, path: from, cause: { code: toErrorCode(code), message: preview(message, 300) } };
}

function toErrorCode(code: string | undefined): ErrorCode {
  return isErrorCode(code) ? code : 'STEP_FAILED';
}
