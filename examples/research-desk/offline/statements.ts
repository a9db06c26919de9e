/**
 * Splits a passage into statements that are complete alone: a short paragraph, a few sentences of a long one,
 * a list with its introduction, a doc comment with its declaration. Each has its exact lines.
 */
import { clip } from '../clip.js';
import { sentences } from '../text.js';
import { plainDeclaration } from './doc-comment.js';
import { beginsItem, type Group, type Sentence, toGroups } from './groups.js';
import { LEANING, LEANS_BACK } from './leaning.js';
import type { Passage, Statement } from './statement.js';

export type { Passage, Statement } from './statement.js';

const MAX_TEXT = 430;
const MAX_CODE_LINES = 24;

export function statementsOf(passage: Passage): Statement[] {
  if (/\.d\.[mc]?ts$/.test(passage.file)) return plainDeclaration(passage);
  const source = passage.text.replace(/^\uFEFF/, ' ');
  const units = sentences(source).filter(({ kind }) => kind !== 'heading');
  const groups = toGroups(source, units).filter((group) => !isSignpost(group));
  const found: Statement[] = [];
  for (const [at, group] of groups.entries()) {
    const next = groups[at + 1];
    if (group.kind === 'code') {
      if (groups[at - 1] === undefined || groups[at - 1]?.kind === 'code')
        found.push(...exampleAlone(passage, group));
    } else if (group.kind === 'prose')
      found.push(...paragraph(passage, withSubject(group, groups[at - 1]), next));
    else if (group.kind === 'item') found.push(...listItems(passage, source, group, next));
    else found.push(...rows(passage, group));
  }
  return found.filter((one) => one.code !== undefined || !isTitle(one.text, passage.heading));
}

/** A short paragraph that refers to the one before ("The method is otherwise …") is joined with it. */
function withSubject(group: Group, before: Group | undefined): Group {
  const [first] = group.units;
  const leans = first !== undefined && (LEANING.test(first.text) || LEANS_BACK.test(first.text));
  const both = [...(before?.units ?? []), ...group.units];
  const joins = before?.kind === 'prose' && first?.heading === before.units[0]?.heading;
  return leans && joins && textOf(both).length <= MAX_TEXT ? { kind: 'prose', units: both } : group;
}

/** "Example file: required.js" between a text and its code. */
function isSignpost({ kind, units }: Group): boolean {
  return (
    kind === 'prose' &&
    units.length === 1 &&
    /^(?:example file|full example|source)s?:/i.test(units[0]?.text ?? '')
  );
}

/** Titles of plain text look like sentences. */
function isTitle(text: string, heading: string): boolean {
  return heading.split(' › ').some((title) => bare(title) === bare(text));
}

/** Without a leading number and a trailing mark. */
function bare(title: string): string {
  return title.toLowerCase().replace(/^[\d.)\s]+|[:.]$/g, '');
}

/** Each item with all its sentences; code below the last item belongs to it. */
function listItems(passage: Passage, source: string, group: Group, next: Group | undefined): Statement[] {
  const items: Sentence[][] = [];
  for (const unit of group.units) {
    const item = items.at(-1);
    if (item === undefined || beginsItem(source, unit)) items.push([unit]);
    else item.push(unit);
  }
  return items.flatMap((units, at) => {
    const code = at === items.length - 1 && next?.kind === 'code' ? next : undefined;
    return textOf(units).length <= MAX_TEXT
      ? [statement(passage, units, code)]
      : windows(passage, units, code);
  });
}

/** A row names its cells, if the table's first row has their names. */
function rows(passage: Passage, { units }: Group): Statement[] {
  const [header, ...others] = units;
  if (header === undefined || others.length === 0)
    return units.map((unit) => statement(passage, [unit], undefined));
  const names = header.text.split(' | ');
  return others.map((unit) => {
    const cells = unit.text.split(' | ');
    const told = cells
      .map((cell, at) => (at === 0 || cells.length !== names.length ? cell : `${names[at] ?? ''}: ${cell}`))
      .join(' — ');
    return { ...statement(passage, [unit], undefined), text: clipped(told) };
  });
}

function paragraph(passage: Passage, group: Group, next: Group | undefined): Statement[] {
  const last = group.units.at(-1);
  if (last === undefined) return [];
  const introduces = /:\s*$/.test(last.text) || next?.kind === 'code';
  const whole = textOf(group.units);
  if (next?.kind === 'item' && /:\s*$/.test(last.text)) {
    const listed = upTo(next.units, MAX_TEXT - Math.min(whole.length, 200));
    if (listed.length > 0)
      return [
        ...(group.units.length > 1 ? windows(passage, group.units.slice(0, -1), undefined) : []),
        withList(passage, group.units, listed),
      ];
  }
  const code = introduces && next?.kind === 'code' ? next : undefined;
  if (whole.length > MAX_TEXT) return windows(passage, group.units, code);
  const entire = statement(passage, group.units, code);
  return whole.length > 60 && group.units.length > 1 && code === undefined
    ? [entire, ...windows(passage, group.units, code)]
    : [entire];
}

/** Parts of a paragraph: one or two sentences, with the sentences that they refer back to. */
function windows(passage: Passage, units: readonly Sentence[], code: Group | undefined): Statement[] {
  const found: Statement[] = [];
  for (const at of units.keys()) {
    let first = at;
    while (first > 0 && at - first < 2 && LEANING.test(units[first]?.text ?? '')) first--;
    for (const last of [at, at + 1]) {
      if (last >= units.length || (last > at && textOf(units.slice(first, last + 1)).length > MAX_TEXT))
        continue;
      found.push(
        statement(passage, units.slice(first, last + 1), last === units.length - 1 ? code : undefined),
      );
    }
  }
  return found;
}

function withList(passage: Passage, intro: readonly Sentence[], items: readonly Sentence[]): Statement {
  const lead = intro.at(-1);
  const units = lead === undefined ? items : [lead, ...items];
  const list = items.map(({ text }) => text.replace(/[;,.]$/, '')).join('; ');
  return { ...statement(passage, units, undefined), text: `${lead?.text ?? ''} ${list}.`.trim() };
}

function upTo(units: readonly Sentence[], characters: number): Sentence[] {
  const taken: Sentence[] = [];
  let length = 0;
  for (const unit of units) {
    length += unit.text.length + 2;
    if (length > characters) break;
    taken.push(unit);
  }
  return taken;
}

function statement(passage: Passage, units: readonly Sentence[], code: Group | undefined): Statement {
  const first = units[0];
  const last = units.at(-1);
  const example = code?.units[0];
  const fits = example !== undefined && example.endLine - example.startLine < MAX_CODE_LINES;
  const base = passage.startLine - 1;
  return {
    text: clipped(textOf(units)),
    startLine: base + (first?.startLine ?? 1),
    endLine: base + (fits ? example.endLine : (last?.endLine ?? 1)),
    ...(fits ? codeOf(passage, example) : {}),
  };
}

/** Code without an introducing sentence is introduced by its heading. */
function exampleAlone(passage: Passage, { units }: Group): Statement[] {
  const [unit] = units;
  if (unit === undefined || unit.endLine - unit.startLine >= MAX_CODE_LINES || passage.heading === '')
    return [];
  const title = passage.heading.split(' › ').at(-1) ?? '';
  const base = passage.startLine - 1;
  return [
    { text: title, startLine: base + unit.startLine, endLine: base + unit.endLine, ...codeOf(passage, unit) },
  ];
}

function codeOf(passage: Passage, unit: Sentence): { code: string; language?: string } {
  const lines = passage.text.split('\n');
  const fence = /^\s*(?:`{3,}|~{3,})\s*\{?\.?([\w+#-]*)/.exec(lines[unit.startLine - 2] ?? '');
  const language = fence?.[1];
  return {
    code: lines.slice(unit.startLine - 1, unit.endLine).join('\n'),
    ...(language === undefined || language === '' ? {} : { language }),
  };
}

function textOf(units: readonly Sentence[]): string {
  return units.map(({ text, kind }) => (kind === 'row' ? text.replaceAll(' | ', ' — ') : text)).join(' ');
}

function clipped(text: string): string {
  return text.length <= 700 ? text : `${clip(text, 700).replace(/\s+\S*$/, '')} …`;
}
