/**
 * Sentences of a Markdown or plain text, each with its exact position in the source, so that an extract can
 * be cited by lines. Code fences, table rows and headings are units that are never cut.
 */
import { parseBlocks, type Block, type BlockKind } from './markdown-blocks.js';

export interface Sentence {
  /** The readable text: one line, without list, heading and quote marks; links are reduced to their words. */
  readonly text: string;
  readonly kind: BlockKind;
  /** `source.slice(start, end)` is the sentence in its original form, including line breaks. */
  readonly start: number;
  readonly end: number;
  /** The first and last line of the sentence in the source, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** The nearest heading above, if any. */
  readonly heading?: string;
}

/** Words whose full stop does not end a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|mr|mrs|ms|dr|prof|nr|fig|sec|ch|pp?|vol|approx|ca|etc|al|resp|incl|esp|[a-z])\.$/i;
/** `No. 5`, but `The answer is no.` */
const NUMBER_MARK = /(?:^|\s)no\.$/i;

/**
 * The end of a sentence: its punctuation with closing marks, then a space or the end. CJK punctuation needs
 * no space.
 */
const STOP = /[.!?…]+["'”’)\]*_]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\uff09]*/g;

/** Splits a text into sentences in order. Units without a letter or digit are left out. */
export function sentences(source: string): Sentence[] {
  const result: Sentence[] = [];
  let heading: string | undefined;
  for (const block of parseBlocks(source)) {
    const found =
      block.kind === 'prose' || block.kind === 'item' ? split(source, block) : [toWholeSpan(source, block)];
    for (const { start, end } of found) {
      const sentence = describe(source, block, start, end);
      if (!/[\p{L}\p{N}]/u.test(sentence.text)) continue;
      if (block.kind === 'heading') heading = sentence.text;
      result.push(heading === undefined || block.kind === 'heading' ? sentence : { ...sentence, heading });
    }
  }
  return result;
}

/** A piece of Markdown as one readable line; code is unchanged. */
export function plainText(markdown: string, kind: BlockKind = 'prose'): string {
  if (kind === 'code') return markdown.trimEnd();
  const text = markdown
    .replace(/^(?:\s*>)+/gm, ' ')
    .replace(/^\s*(?:#{1,6}(?=\s|$)|(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?)/, '')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, ' ')
    .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .split(/(`+[^`]+`+)/)
    .map((piece) => (piece.startsWith('`') ? piece : withoutMarkup(piece)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  if (kind === 'heading') return text.replace(/\s+#+$/, '');
  if (kind === 'row') return text.replace(/^\|\s*|\s*\|$/g, '').replace(/\s*\|\s*/g, ' | ');
  return text;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** Removes HTML tags, entities and bold marks from a piece without inline code. */
function withoutMarkup(piece: string): string {
  return piece
    .replace(/<\/?[a-zA-Z][\w-]*(?:\s[^<>]*)?\/?>/g, '')
    .replace(/\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function toWholeSpan(source: string, block: Block): Span {
  const first = block.lines[0];
  const last = block.lines.at(-1);
  if (first === undefined || last === undefined) return { start: 0, end: 0 };
  return trimSentence(source, first.start, last.start + last.text.length, block.kind);
}

function split(source: string, block: Block): Span[] {
  const { start, end } = toWholeSpan(source, block);
  // Full stops inside inline code and link targets do not end a sentence. They are masked, so that every
  // offset stays.
  const text = source
    .slice(start, end)
    .replace(/(`+)(?:(?!\1)[\s\S])+\1|!\[[^\]]*\]|\]\([^)]*\)/g, (masked) => 'x'.repeat(masked.length));
  const spans: Span[] = [];
  let from = 0;
  const marker = /^\s*\d{1,9}[.)]\s+/.exec(text)?.[0].length ?? 0;
  for (const match of text.matchAll(STOP)) {
    const until = match.index + match[0].length;
    if (until <= marker || !isSentenceEnd(text.slice(from, until), text.slice(until))) continue;
    spans.push(trimSentence(source, start + from, start + until, block.kind));
    from = until;
  }
  if (text.slice(from).trim() !== '') spans.push(trimSentence(source, start + from, end, block.kind));
  return spans;
}

function isSentenceEnd(sentence: string, rest: string): boolean {
  if (rest.trim() === '') return true;
  if (ABBREVIATION.test(sentence)) return /(?:etc|al)\.$/.test(sentence) && /^\s+\p{Lu}/u.test(rest);
  if (NUMBER_MARK.test(sentence)) return !/^\s+\d/.test(rest);
  return !(/(?:\.{2,}|…)["'”’)]*$/.test(sentence) && /^\s+\p{Ll}/u.test(rest));
}

/** Trims white space around a span, except for the indentation of code. */
function trimSentence(source: string, start: number, end: number, kind: BlockKind): Span {
  const text = source.slice(start, end);
  const lead = kind === 'code' ? 0 : text.length - text.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, text.trimEnd().length) };
}

function describe(source: string, block: Block, start: number, end: number): Sentence {
  const lineAt = (offset: number): number =>
    block.lines.findLast((line) => line.start <= offset)?.number ?? 1;
  return {
    text: plainText(source.slice(start, end), block.kind),
    kind: block.kind,
    start,
    end,
    startLine: lineAt(start),
    endLine: lineAt(Math.max(start, end - 1)),
  };
}
