/** Reads again everything that an answer cites: lines of the corpus, pages by their URLs, programs by running them. */
import type { Json } from '@batonhq/baton';
import { clip } from '../clip.js';
import type { Computation } from '../code/computation.js';
import { checkCitation } from '../corpus/citations.js';
import type { Report } from '../shapes.js';
import { statementsIn } from './claims.js';
import { type Mark, marksAsText, marksIn } from './marks.js';
import type { Source, Statement } from './shapes.js';

export interface Places {
  /** The corpus, as a real path. */
  readonly corpusRoot: string;
  /** Runs a computation's program again. */
  readonly count: (call: Computation['call']) => Promise<Recount>;
  /** The text of a page, by lines; a reason if it is not allowed or not available. */
  readonly page: (
    url: string,
  ) => Promise<{ readonly lines: readonly string[] } | { readonly reason: string }>;
}

export type Recount =
  | { readonly ok: true; readonly result: Json; readonly files: number; readonly packages: number }
  | { readonly ok: false; readonly reason: string };

export interface Evidence {
  readonly statements: Statement[];
  readonly sources: Source[];
  /** Marks that the answer only quotes from its sources. */
  readonly quoted: string[];
}

export interface Reviewable extends Pick<Report, 'answer' | 'citations'> {
  readonly computations: readonly Computation[];
}

type Range = NonNullable<Source['citation']>;
type Found = Omit<Source, 'mark'>;

/**
 * A tool's result has a size limit in an orchestration. Each quoted text stays below these limits, and so do
 * all of them together.
 */
const LONGEST = 3_000;
const MAX_QUOTED = 13_000;
const MAX_RESULT = 2_000;

/**
 * The statements of an answer, and the current evidence for their marks. A broken citation becomes a source
 * with a problem, never an error. A mark that the report does not list, and that its sources contain, was
 * quoted and counts as text.
 */
export async function evidenceOf(
  { answer, citations, computations }: Reviewable,
  places: Places,
): Promise<Evidence> {
  const reader = new Reader(computations, places);
  const read = (marks: Iterable<string>): Promise<Source[]> =>
    Promise.all([...marks].map(async (mark) => ({ mark, ...(await reader.read(mark)) })));
  const marks = marksOf(statementsIn(answer));
  const [own, doubtful] = partition(marks, (mark) => marksIn(mark).some(isAmong(citations, computations)));
  const certain = await read(own);
  const [quoted, forgotten] = partition(doubtful, (mark) =>
    certain.some(({ text }) => text?.includes(mark) === true),
  );
  const statements = statementsIn(marksAsText(answer, (mark) => quoted.includes(mark)));
  const known = new Map([...certain, ...(await read(forgotten))].map((source) => [source.mark, source]));
  return {
    statements,
    sources: bounded(marksOf(statements).flatMap((mark) => known.get(mark) ?? [])),
    quoted,
  };
}

function marksOf(statements: readonly Statement[]): string[] {
  return [...new Set(statements.map(({ mark }) => mark))].filter((mark) => mark !== '');
}

/** Whether the report itself lists a mark. Marks quoted from a document do not count. */
function isAmong(citations: Report['citations'], computations: readonly Computation[]) {
  return ({ lines, count }: Mark): boolean =>
    computations.some(({ id }) => id === count) ||
    citations.some(
      ({ file, startLine, endLine }) =>
        file === lines?.file && startLine === lines.startLine && endLine === lines.endLine,
    );
}

function partition(marks: readonly string[], test: (mark: string) => boolean): [string[], string[]] {
  return [marks.filter(test), marks.filter((mark) => !test(mark))];
}

function bounded(sources: readonly Source[]): Source[] {
  let quoted = 0;
  return sources.map((source) => {
    if (source.text === null) return source;
    const text = source.text.length > LONGEST ? `${clip(source.text, LONGEST)} …` : source.text;
    quoted += text.length;
    const { mark } = source;
    return quoted > MAX_QUOTED
      ? { mark, text: null, problem: 'The citations together are too long to quote.' }
      : { ...source, text };
  });
}

class Reader {
  private readonly computations: readonly Computation[];
  private readonly places: Places;

  constructor(computations: readonly Computation[], places: Places) {
    this.computations = computations;
    this.places = places;
  }

  read(mark: string): Promise<Found> {
    const [{ count, lines } = {}] = marksIn(mark);
    if (count !== undefined) return this.recount(count);
    if (lines === undefined) return Promise.resolve(nothing('It is not a mark.'));
    return /^https?:\/\//.test(lines.file) ? this.page(lines) : this.lines(lines);
  }

  private async lines(range: Range): Promise<Found> {
    const checked = await checkCitation(this.places.corpusRoot, range);
    return checked.ok
      ? { text: checked.citation.text, citation: range }
      : nothing(`${sentence(checked.reason)}.`);
  }

  private async page(range: Range): Promise<Found> {
    const page = await this.places.page(range.file);
    if ('reason' in page) return nothing(page.reason);
    const text = page.lines.slice(range.startLine - 1, range.endLine).join('\n');
    return text.trim() === ''
      ? nothing(`The page has nothing at lines ${range.startLine}-${range.endLine}.`)
      : { text, citation: range };
  }

  private async recount(id: string): Promise<Found> {
    const computation = this.computations.find((one) => one.id === id);
    if (computation === undefined) return nothing(`Nobody has counted "${id}".`);
    const again = await this.places.count(computation.call);
    if (!again.ok) return nothing(again.reason);
    const { files, packages } = again;
    const json = JSON.stringify(again.result);
    const result = json.length > MAX_RESULT ? `${clip(json, MAX_RESULT)} …` : again.result;
    const text = `The program "${computation.program}" over ${files} files of ${packages} packages gave: ${typeof result === 'string' ? result : json}`;
    return { text, count: { id, result, files, packages } };
  }
}

function nothing(problem: string): Found {
  return { text: null, problem };
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
