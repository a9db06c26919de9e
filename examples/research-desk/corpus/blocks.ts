/**
 * The blocks of a Markdown or plain text: headings, paragraphs, list items, tables, code. Blocks are whole
 * lines, so everything built from them can be cited by line.
 */

export type BlockKind = 'heading' | 'paragraph' | 'item' | 'table' | 'code' | 'markup';

export interface Block {
  readonly kind: BlockKind;
  /** Positions in the array of lines, from 0, both included. */
  readonly first: number;
  readonly last: number;
  /** The level of a heading. */
  readonly level?: number;
  readonly title?: string;
}

export type Flavour = 'markdown' | 'text';

const FENCE = /^\s*(?:>\s*)*(`{3,}|~{3,})(.*)$/;
const HASH_HEADING = /^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$/;
const EQUALS_HEADING = /^(={1,6})\s+(\S.*?)\s*=*$/;
const UNDERLINE = /^\s{0,3}([=\-~^"'*+#])\1{2,}\s*$/;
export const ITEM = /^(\s*)(?:[-*+•]|\(?\d{1,3}[.)]|[a-z][.)])\s+\S/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const HTML = /^\s{0,3}<(?!https?:)(?:[a-z!/])/i;

/** Splits lines into blocks; blank lines belong to no block. */
export function toBlocks(lines: readonly string[], flavour: Flavour): Block[] {
  const blocks: Block[] = [];
  let at = frontMatterEnd(lines, blocks);
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at++;
      continue;
    }
    const block = readBlock(lines, at, flavour, blocks.at(-1));
    blocks.push(block);
    at = block.last + 1;
  }
  return blocks;
}

function readBlock(lines: readonly string[], at: number, flavour: Flavour, before: Block | undefined): Block {
  const line = lines[at] ?? '';
  const fence = FENCE.exec(line);
  if (fence) return { kind: 'code', first: at, last: fenceEnd(lines, at, fence[1] ?? '```') };
  const heading = readHeading(lines, at, flavour);
  if (heading) return heading;
  if (/^(\t| {4,})\S/.test(line) && before?.kind !== 'item' && (at === 0 || isBlank(lines[at - 1]))) {
    return { kind: 'code', first: at, last: indentedEnd(lines, at) };
  }
  if (line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('|')) {
    return { kind: 'table', first: at, last: runEnd(lines, at, flavour, 'table') };
  }
  if (ITEM.test(line)) return { kind: 'item', first: at, last: runEnd(lines, at, flavour, 'item') };
  if (isMarkup(line)) return { kind: 'markup', first: at, last: runEnd(lines, at, flavour, 'markup') };
  return { kind: 'paragraph', first: at, last: runEnd(lines, at, flavour, 'paragraph') };
}

/** A heading of either style: marks before it, or a rule below it. In plain text also a lone line in capitals. */
function readHeading(lines: readonly string[], at: number, flavour: Flavour): Block | undefined {
  const line = (lines[at] ?? '').replace(/^\uFEFF/, '');
  const hash = HASH_HEADING.exec(line);
  if (hash) return heading(at, at, hash[1]?.length ?? 1, hash[2] ?? '');
  if (flavour === 'text') {
    const equals = EQUALS_HEADING.exec(line);
    if (equals) return heading(at, at, equals[1]?.length ?? 1, equals[2] ?? '');
  }
  const rule = UNDERLINE.exec(lines[at + 1] ?? '');
  const mark = rule?.[1] ?? '';
  const allowed = flavour === 'markdown' ? '=-' : '=-~^"\'*+#';
  if (
    rule &&
    allowed.includes(mark) &&
    /[\p{L}\p{N}]/u.test(line) &&
    line.trim().length <= 120 &&
    !ITEM.test(line) &&
    !line.includes('|')
  ) {
    return heading(at, at + 1, mark === '=' ? 1 : mark === '-' ? 2 : 3, line);
  }
  if (flavour === 'text' && isOpeningTitle(lines, at)) return heading(at, at, 1, line);
  if (
    flavour === 'text' &&
    isShouted(line) &&
    isBlank(lines[at + 1]) &&
    (at === 0 || isBlank(lines[at - 1]))
  ) {
    return heading(at, at, 2, line);
  }
  return undefined;
}

/** The first line of a plain text, if it stands alone and is not a sentence. */
function isOpeningTitle(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  const first = lines.slice(0, at).every((before) => isBlank(before));
  return (
    first &&
    line.length >= 3 &&
    line.length <= 80 &&
    isBlank(lines[at + 1]) &&
    lines.length > at + 2 &&
    !/[.!?;,]$/.test(line) &&
    !ITEM.test(line)
  );
}

function heading(first: number, last: number, level: number, title: string): Block {
  return { kind: 'heading', first, last, level, title: plainTitle(title) };
}

/** A heading's words without links, code marks, anchors and emphasis. */
export function plainTitle(title: string): string {
  return title
    .replace(/<[^>]+>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\{#[^}]*\}/g, ' ')
    .replace(/[*_]{2,}|`|^\s*#+|:\s*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function isShouted(line: string): boolean {
  const text = line.trim();
  return (
    text.length >= 3 &&
    text.length <= 80 &&
    /\p{Lu}{2}/u.test(text) &&
    text === text.toUpperCase() &&
    !/[.;,]$/.test(text)
  );
}

/** Lines of tags, badges and link definitions, which contain no sentence. */
export function isMarkup(line: string): boolean {
  if (/^\s*\[[^\]]+\]:\s*\S+/.test(line)) return true;
  if (/^\s*(!?\[!?\[[^\]]*\]|!\[[^\]]*\])/.test(line)) return true;
  if (/^\s*([-*_]\s*){3,}$/.test(line)) return true;
  return HTML.test(line) && line.replace(/<[^>]*>?/g, '').trim().length < 20;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function fenceEnd(lines: readonly string[], first: number, mark: string): number {
  const close = new RegExp(`^\\s*(?:>\\s*)*${mark[0] === '~' ? '~' : '`'}{${mark.length},}\\s*$`);
  for (let at = first + 1; at < lines.length; at++) if (close.test(lines[at] ?? '')) return at;
  return lines.length - 1;
}

function indentedEnd(lines: readonly string[], first: number): number {
  let last = first;
  for (let at = first; at < lines.length; at++) {
    if (isBlank(lines[at])) continue;
    if (!/^(\t| {2,})/.test(lines[at] ?? '')) break;
    last = at;
  }
  return last;
}

/** The last line of a block that starts at `first`: before a blank line or the start of another block. */
function runEnd(lines: readonly string[], first: number, flavour: Flavour, kind: BlockKind): number {
  let at = first + (kind === 'table' ? 2 : 1);
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (isBlank(line) || FENCE.test(line) || HASH_HEADING.test(line)) break;
    if (kind === 'table') {
      if (!line.includes('|')) break;
      continue;
    }
    if (ITEM.test(line) && (kind !== 'paragraph' || !/^\s*\d/.test(line) || flavour === 'text')) break;
    if (
      kind === 'paragraph' &&
      at + 1 < lines.length &&
      flavour === 'text' &&
      readHeading(lines, at, flavour)
    )
      break;
    if (kind === 'markup' && !isMarkup(line)) break;
    if (kind === 'paragraph' && isMarkup(line)) break;
  }
  return at - 1;
}

/** YAML front matter is data about the document; its title counts as the first heading. */
function frontMatterEnd(lines: readonly string[], blocks: Block[]): number {
  if (!/^\uFEFF?---\s*$/.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line));
  if (end < 0 || end > 60) return 0;
  const title = lines.slice(1, end).map((line) => /^title:\s*["']?(.+?)["']?\s*$/i.exec(line)?.[1]);
  const found = title.find((text) => text !== undefined);
  if (found !== undefined) blocks.push(heading(0, end, 1, found));
  return end + 1;
}
