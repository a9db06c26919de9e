/**
 * Cuts a document into passages, the units of search and citation. A passage is a range of whole lines, and
 * its text is exactly those lines joined by LF. A CRLF file loses its CRs; a byte-order mark stays.
 */
import { type Block, type Flavour, toBlocks } from './blocks.js';
import { declarationPassages } from './declaration-passages.js';
import type { DocumentKind } from './documents.js';
import { toLines } from './document-text.js';
import { type Passage, passageOf } from './passage.js';

export type { Passage } from './passage.js';

const TARGET_CHARACTERS = 1_100;
const TARGET_LINES = 22;
/** The maximum length of a passage, except for one long block. Shorter code stays with its introduction. */
const MAX_LINES = 34;
const MAX_CHARACTERS = 2_400;

/** The passages of a document in order. They do not overlap; lines without text (badges, rules) are left out. */
export function toPassages(kind: DocumentKind, text: string): Passage[] {
  const lines = toLines(text);
  return kind === 'declarations' ? declarationPassages(lines) : prosePassages(lines, kind);
}

function prosePassages(lines: readonly string[], flavour: Flavour): Passage[] {
  const passages: Passage[] = [];
  const titles: { level: number; title: string }[] = [];
  for (const section of toSections(toBlocks(lines, flavour).flatMap((block) => cutLong(block)))) {
    for (const { level = 1, title = '' } of section.headings) {
      while (titles.length > 0 && (titles.at(-1)?.level ?? 0) >= level) titles.pop();
      titles.push({ level, title });
    }
    const heading = titles.map(({ title }) => title).filter((title) => title !== '');
    for (const [first, last] of pack(lines, section)) {
      passages.push(
        passageOf(
          lines,
          first,
          last,
          heading,
          passageWeight(lines.slice(first, last + 1), heading.at(-1) ?? ''),
        ),
      );
    }
  }
  return passages;
}

interface Section {
  /** Adjacent headings, then the blocks below the last of them. */
  readonly headings: Block[];
  readonly body: Block[];
}

function toSections(blocks: readonly Block[]): Section[] {
  const sections: Section[] = [];
  let current: Section = { headings: [], body: [] };
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (current.body.length > 0) {
        sections.push(current);
        current = { headings: [], body: [] };
      }
      current.headings.push(block);
    } else current.body.push(block);
  }
  if (current.body.length > 0 || current.headings.length > 0) sections.push(current);
  return sections;
}

/** Groups a section's blocks into ranges of about the target size; code stays with the text that introduces it. */
function pack(lines: readonly string[], { headings, body }: Section): [number, number][] {
  const useful = body.filter((block) => block.kind !== 'markup');
  const ranges: [number, number][] = [];
  let first = headings.at(-1)?.first;
  let last = headings.at(-1)?.last ?? 0;
  let filled = false;
  for (const block of useful) {
    if (first !== undefined && filled && !fits(lines, first, last, block)) {
      ranges.push([first, last]);
      first = undefined;
      filled = false;
    }
    first ??= block.first;
    last = block.last;
    filled = true;
  }
  // A heading alone adds nothing to the titles of the passages below it.
  if (first !== undefined && filled) ranges.push([first, last]);
  return ranges;
}

function fits(lines: readonly string[], first: number, last: number, next: Block): boolean {
  const whole = size(lines, first, next.last);
  if (whole.lines <= TARGET_LINES && whole.characters <= TARGET_CHARACTERS) return true;
  const introduces = next.kind === 'code' || /:\s*$/.test(lines[last] ?? '');
  return introduces && whole.lines <= MAX_LINES && whole.characters <= MAX_CHARACTERS;
}

function size(lines: readonly string[], first: number, last: number): { lines: number; characters: number } {
  let characters = 0;
  for (let at = first; at <= last; at++) characters += (lines[at]?.length ?? 0) + 1;
  return { lines: last - first + 1, characters };
}

/** A block longer than a passage (a long listing, a paragraph of hundreds of lines) is cut at whole lines. */
function cutLong(block: Block): Block[] {
  if (block.kind === 'heading' || block.last - block.first < MAX_LINES) return [block];
  const pieces: Block[] = [];
  for (let first = block.first; first <= block.last; first += 28) {
    pieces.push({ kind: block.kind, first, last: Math.min(first + 27, block.last) });
  }
  return pieces;
}

/** Titles of sections about a project, not about its subject. */
const HOUSEKEEPING =
  /^(?:code of conduct|contribut(?:e|ing|ors?)|licen[cs]e|(?:our )?(?:sponsors?|backers|supporters)|credits|acknowledge?ments?|authors?|maintainers?|security contact|funding|donate|support us|table of contents|contents|toc|development)$/i;

/** Lowers the weight of tables of contents and lists of links: they match every question and answer none. */
function passageWeight(lines: readonly string[], title: string): number {
  const aside = HOUSEKEEPING.test(title.replace(/[^\p{L} ]/gu, '').trim()) ? 0.5 : 1;
  const told = lines.filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (told.length === 0) return 0.2;
  const links = told.filter((line) =>
    /^\s*(?:[-*+]|\d+[.)])?\s*(?:<\w+>)?\s*\[[^\]]+\]\([^)]*\)[\s.,|]*$/.test(line),
  ).length;
  return links / told.length > 0.6 ? 0.25 : aside;
}
