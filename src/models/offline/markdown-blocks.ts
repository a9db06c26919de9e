/**
 * The blocks of a Markdown text with their positions, so that no sentence crosses a heading, a list item, a
 * table row or a code fence. Plain text counts as Markdown with paragraphs only.
 */
export type BlockKind = 'prose' | 'heading' | 'item' | 'row' | 'code';

export interface Line {
  readonly text: string;
  /** Offset of the line's first character in the source. */
  readonly start: number;
  /** The line number, from 1. */
  readonly number: number;
}

export interface Block {
  readonly kind: BlockKind;
  readonly lines: readonly Line[];
}

const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;
const FENCE = /^\s*(?:[-*+]\s+)?(`{3,}|~{3,})/;
const RULE = /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$/;
const ROW = /^\s*\|.*\|\s*$/;
const ROW_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const LINK_DEFINITION = /^ {0,3}\[[^\]]+\]:\s/;
const ONLY_MARKUP = /^\s*(?:<!--.*-->|<\/?[a-zA-Z][^>]*>|\s)+$/;

/**
 * Splits a text into blocks. It skips rules, table rules, front matter, link definitions and lines of bare
 * HTML tags.
 */
export function parseBlocks(source: string): Block[] {
  const collector = new BlockCollector();
  let fence: string | undefined;
  for (const line of withoutFrontMatter(splitLines(source))) {
    const mark = FENCE.exec(line.text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true && line.text.trim() === mark) fence = undefined;
      else collector.add('code', line);
      if (fence === undefined) collector.close();
    } else if (mark !== undefined) {
      fence = mark;
      collector.close();
    } else collector.take(line);
  }
  return collector.finish();
}

class BlockCollector {
  private readonly done: Block[] = [];
  private kind: BlockKind = 'prose';
  private open: Line[] = [];
  private afterBlank = true;

  /** Adds a line outside a fence. */
  take(line: Line): void {
    const { text } = line;
    if (text.trim() === '') return this.blank();
    const afterBlank = this.afterBlank;
    this.afterBlank = false;
    if (RULE.test(text) || ROW_RULE.test(text)) return this.underline(text);
    if (LINK_DEFINITION.test(text) || ONLY_MARKUP.test(text)) return this.close();
    if (HEADING.test(text)) return this.single('heading', line);
    if (ROW.test(text)) return this.single('row', line);
    if (this.isIndentedCode(text, afterBlank)) return this.add('code', line);
    if (ITEM.test(text)) {
      this.close();
      return this.add('item', line);
    }
    this.add(this.open.length > 0 && this.kind !== 'code' ? this.kind : 'prose', line);
  }

  add(kind: BlockKind, line: Line): void {
    if (this.kind !== kind) this.close();
    this.kind = kind;
    this.open.push(line);
  }

  close(): void {
    if (this.open.length > 0) this.done.push({ kind: this.kind, lines: this.open });
    this.open = [];
  }

  finish(): Block[] {
    this.close();
    return this.done;
  }

  private single(kind: BlockKind, line: Line): void {
    this.close();
    this.add(kind, line);
    this.close();
  }

  private blank(): void {
    this.close();
    this.kind = 'prose';
    this.afterBlank = true;
  }

  /** A line of `===` or `---` right under one line of prose makes that line a heading. */
  private underline(text: string): void {
    if (/^ {0,3}(?:=+|-+)\s*$/.test(text) && this.kind === 'prose' && this.open.length === 1)
      this.kind = 'heading';
    this.close();
    this.kind = 'prose';
  }

  /**
   * Four spaces start code only after a blank line, and not under a list item, because its paragraphs are
   * indented too.
   */
  private isIndentedCode(text: string, afterBlank: boolean): boolean {
    if (!/^(?: {4}|\t)/.test(text)) return false;
    if (this.open.length > 0) return this.kind === 'code';
    return afterBlank && !ITEM.test(text) && this.done.at(-1)?.kind !== 'item';
  }
}

function splitLines(source: string): Line[] {
  const result: Line[] = [];
  let start = 0;
  for (const [index, text] of source.split('\n').entries()) {
    result.push({ text: text.replace(/\r$/, ''), start, number: index + 1 });
    start += text.length + 1;
  }
  return result;
}

function withoutFrontMatter(all: readonly Line[]): readonly Line[] {
  if (all[0]?.text !== '---') return all;
  const end = all.findIndex((line, index) => index > 0 && line.text === '---');
  const inner = all.slice(1, Math.max(end, 1));
  return end > 0 && inner.every(({ text }) => /^(?:[\w-]+:|\s|-|#|$)/.test(text)) ? all.slice(end + 1) : all;
}
