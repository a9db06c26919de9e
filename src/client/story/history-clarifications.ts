/** What receivers asked before they took a task on, and who answered what: from the sender's answers and people's. */
import type { Json } from '../../contracts/data/json.js';
import type { Clarified } from '../../contracts/wire/timeline.js';
import type { Recorder } from './recorder.js';

/** The questions of one round, until all are answered. */
interface Round {
  readonly handoff: string;
  readonly by: string;
  readonly round: number;
  readonly questions: readonly string[];
  readonly answers: Map<number, Clarified>;
}

export class HistoryClarifications {
  private readonly record: Recorder;
  /** The last round at each path. */
  private readonly rounds = new Map<string, Round>();

  constructor(record: Recorder) {
    this.record = record;
  }

  /** The receiver at `path` asks. */
  ask(path: string, handoff: string, by: string, questions: readonly string[]): void {
    const round = (this.rounds.get(path)?.round ?? 0) + 1;
    this.rounds.set(path, { handoff, by, round, questions, answers: new Map() });
  }

  /** The sender has answered what it knows. */
  sender(at: string, path: string, agent: string, output: Json | undefined): void {
    const answers = Array.isArray(output) ? output : [];
    for (const [index, answer] of answers.entries()) {
      if (typeof answer === 'string' && answer.trim() !== '') this.answer(path, index, { answer, by: agent });
    }
    this.tell(at, path);
  }

  /** A person has answered one question. */
  person(at: string, request: string, by: string, answer: Json | undefined): void {
    const { path, index } = /^(?<path>.*)\/clarify-\d+\/question-(?<index>\d+)$/.exec(request)?.groups ?? {};
    if (path === undefined) return;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
    this.answer(path, Number(index), { answer: text, by });
    this.tell(at, path);
  }

  private answer(path: string, index: number, given: { readonly answer: string; readonly by: string }): void {
    const round = this.rounds.get(path);
    const question = round?.questions[index];
    if (round && question !== undefined) round.answers.set(index, { question, ...given });
  }

  private tell(at: string, path: string): void {
    const asked = this.rounds.get(path);
    if (!asked || asked.answers.size < asked.questions.length) return;
    const { handoff, by, round, questions } = asked;
    const answers = questions.flatMap((_question, index) => asked.answers.get(index) ?? []);
    this.record(at, path, { kind: 'clarification', handoff, by, round, answers });
  }
}
