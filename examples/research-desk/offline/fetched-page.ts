/** A fetched page as passages, which are scored like passages of the corpus. */
import { clip } from '../clip.js';
import { FetchOutcome } from '../web/fetch-outcome.js';
import { pageLines } from '../web/page-lines.js';
import type { SearchResult } from '../shapes.js';

type Passage = SearchResult['passages'][number];

const LINES_AT_ONCE = 40;
const MAX_PASSAGES = 20;

/** The first URL in a question. */
export function addressIn(question: string): string | undefined {
  return /https?:\/\/[^\s<>"'“”]+/i.exec(question)?.[0].replace(/[.,;:!?)\]]+$/, '');
}

/** A question without its URLs, whose words are not about the topic. */
export function withoutAddresses(question: string): string {
  return question
    .replace(/^what\s+does\s+https?:\/\/\S+\s+(?:say|tell(?:\s+us)?)\s+(?:about|of|on)\s+/i, 'What is ')
    .replace(/\s*(?:\b(?:at|on|in|of|from)\s+)?https?:\/\/[^\s<>"'“”]+?(?=[?!.,;:]?(?:\s|$))/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The fetched page, or why nothing was fetched. */
export function pageFrom(result: unknown): { readonly found: SearchResult; readonly problem?: string } {
  const fetched = FetchOutcome.safeParse(result).data;
  const nothing = { passages: [], terms: [], packages: [] };
  if (fetched === undefined) return { found: nothing, problem: clip(String(result), 200) };
  if (fetched.outcome !== 'ok') return { found: nothing, problem: fetched.reason };
  if (fetched.status !== 200) return { found: nothing, problem: `The page answers ${fetched.status}.` };
  return { found: { ...nothing, passages: passagesOf(fetched.url, pageLines(fetched)) } };
}

/** Cut at headings, and where a passage gets long; each has the last heading above it. */
function passagesOf(url: string, lines: readonly string[]): Passage[] {
  const found: Passage[] = [];
  let heading = '';
  let start = 0;
  const close = (end: number): void => {
    const text = lines.slice(start, end).join('\n');
    if (text.trim() !== '')
      found.push({ file: url, startLine: start + 1, endLine: end, score: 0.6, heading, text });
    start = end;
  };
  for (const [at, line] of lines.entries()) {
    const title = /^#{1,6}\s+(.+)$/.exec(line.trim())?.[1];
    if (title !== undefined || at - start >= LINES_AT_ONCE) close(at);
    if (title !== undefined) heading = title;
  }
  close(lines.length);
  return found.slice(0, MAX_PASSAGES);
}
