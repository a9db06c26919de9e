/**
 * Splits an answer into its statements, each with its mark and the example below it. Pure. These state
 * nothing: headings, introductions that end with a colon, and text under "Not found".
 */
import type { CitationRange } from '../shapes.js';
import { marksIn } from './marks.js';
import type { Statement } from './shapes.js';

type Said = Omit<Statement, 'id'>;

/** The text after the opening backticks must not contain a backtick; otherwise it is code within a line. */
const FENCE = /^\s*(?:`{3,}[^`]*$|~{3,})/;
const TITLE = /^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$)/;
/** Sections that list what is missing. */
const GAPS = /^\s*(?:#{1,6}\s+|\*\*)\s*(?:not found|missing|withdrawn)/i;
/** Fewer words than this do not make a statement. */
const FEWEST_WORDS = 4;

const WORD = /[\p{L}\p{N}]/u;

interface Line {
  readonly text: string;
  readonly start: number;
}

export function statementsIn(answer: string): Statement[] {
  const found: Said[] = [];
  let fence: { start: number; lines: string[] } | undefined;
  let inGaps = false;
  let paragraph: Line[] = [];
  const flush = (): void => {
    if (!inGaps) found.push(...inParagraph(paragraph));
    paragraph = [];
  };
  for (const line of linesOf(answer)) {
    if (fence !== undefined) {
      if (FENCE.test(line.text)) {
        belongTo(found, fence, line.start + line.text.length);
        fence = undefined;
      } else fence.lines.push(line.text);
    } else if (FENCE.test(line.text)) {
      flush();
      fence = { start: line.start, lines: [] };
    } else if (TITLE.test(line.text)) {
      flush();
      inGaps = GAPS.test(line.text);
    } else if (line.text.trim() === '') flush();
    else {
      if (/^\s*(?:[-*+•]|\d{1,3}[.)])\s/.test(line.text)) flush();
      paragraph.push(line);
    }
  }
  flush();
  // An unclosed fence reaches to the end.
  if (fence !== undefined) belongTo(found, fence, answer.length);
  return found.map((said, at) => ({ id: `c${at + 1}`, ...said }));
}

/** Whether a statement has nothing that evidence could support: neither a word nor an example. */
export function isWordless({ text, code = '' }: Pick<Statement, 'text' | 'code'>): boolean {
  return !WORD.test(text) && !WORD.test(code);
}

/** The lines that an answer's statements cite, each once, in order. */
export function citationsIn(answer: string): CitationRange[] {
  const found = new Map(
    statementsIn(answer).flatMap(({ mark }) =>
      marksIn(mark).flatMap(({ text, lines }) => (lines ? [[text, lines] as const] : [])),
    ),
  );
  return [...found.values()];
}

function linesOf(answer: string): Line[] {
  let start = 0;
  return answer.split('\n').map((text) => {
    const line = { text, start };
    start += text.length + 1;
    return line;
  });
}

/** A mark belongs to the text before it; adjacent marks belong to the same text. */
function inParagraph(lines: readonly Line[]): Said[] {
  const [first] = lines;
  if (first === undefined) return [];
  const text = lines.map((line) => line.text).join('\n');
  const lead = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/.exec(text)?.[0].length ?? 0;
  const found: Said[] = [];
  let from = lead;
  let last: { readonly from: number; readonly text: string } | undefined;
  for (const mark of marksIn(text)) {
    const said = cleaned(text.slice(from, mark.at));
    const shares = !WORD.test(said) && last !== undefined;
    const own = shares && last !== undefined ? last : { from, text: said };
    const end = mark.at + mark.text.length;
    found.push({ text: own.text, mark: mark.text, start: first.start + own.from, end: first.start + end });
    last = own;
    from = end;
  }
  const rest = cleaned(text.slice(from));
  if (states(rest))
    found.push({ text: rest, mark: '', start: first.start + from, end: first.start + text.length });
  return found;
}

function cleaned(text: string): string {
  return text.replace(/^[\s.,;:)]+/, '').trim();
}

function states(text: string): boolean {
  return text.split(/\s+/).length >= FEWEST_WORDS && !/[:?]$/.test(text);
}

/** An example belongs to the statement above it. Without a statement above, the example becomes a statement. */
function belongTo(
  found: Said[],
  { start, lines }: { readonly start: number; readonly lines: readonly string[] },
  end: number,
): void {
  const code = lines.join('\n');
  const above = found.at(-1);
  if (above === undefined) found.push({ text: code, mark: '', start, end });
  else if (above.code === undefined) found[found.length - 1] = { ...above, code, end };
}
