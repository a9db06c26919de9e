/**
 * Makes an answer and its citations agree: every mark in the text is checked against the files, whether the writer
 * listed it or not, and what does not stand there is withdrawn visibly.
 */
import { checkCitation, type Citation } from './citations.js';

export interface Reconciled {
  readonly answer: string;
  readonly citations: (Citation & { readonly text: string })[];
  readonly withdrawn: string[];
}

const MARK = /\[([^[\]\n]+?):(\d+)(?:-(\d+))?\]/g;
export const WITHDRAWN = '[citation withdrawn]';
/** A run's result goes through its history: the quoted texts together stay below this many characters. */
const MAX_QUOTED = 20_000;

export async function reconcile(
  corpusRoot: string,
  { answer, citations }: { readonly answer: string; readonly citations: readonly Citation[] },
): Promise<Reconciled> {
  const confirmed = new Map<string, Citation & { readonly text: string }>();
  const refused = new Map<string, string>();
  let quoted = 0;
  for (const citation of [...citations, ...marksIn(answer)]) {
    const key = keyOf(citation);
    if (confirmed.has(key) || refused.has(key)) continue;
    const checked = await checkCitation(corpusRoot, citation);
    if (!checked.ok) refused.set(key, checked.reason);
    else if (quoted + checked.citation.text.length > MAX_QUOTED)
      refused.set(key, 'the citations together are too long to quote');
    else {
      confirmed.set(key, checked.citation);
      quoted += checked.citation.text.length;
    }
  }
  return {
    answer: answer.replaceAll(MARK, (mark, file: string, start: string, end: string | undefined) =>
      refused.has(keyOf(rangeOf(file, start, end))) ? WITHDRAWN : mark,
    ),
    citations: [...confirmed.values()],
    withdrawn: [...refused].map(([key, reason]) => `${key}: ${reason}`),
  };
}

/** The citations that an answer's marks name, in their order. Array indexes and links in code are no marks. */
export function marksIn(answer: string): Citation[] {
  return [...answer.matchAll(MARK)]
    .filter(([, file = '', , end]) => end !== undefined || LOOKS_LIKE_A_FILE.test(file))
    .map(([, file = '', start = '', end]) => rangeOf(file, start, end));
}

/** With a folder or an ending, or in capitals, as README and NOTICE are. */
const LOOKS_LIKE_A_FILE = /[./\\]|^[A-Z][A-Z_-]+$/;

function rangeOf(file: string, start: string, end: string | undefined): Citation {
  return { file, startLine: Number(start), endLine: Number(end ?? start) };
}

function keyOf({ file, startLine, endLine }: Citation): string {
  return `${file}:${startLine}-${endLine}`;
}
