/** Finds, in pages and in the texts of source files, what the guide of words refuses. */
import { parseSync } from 'rolldown/utils';
import { CLAUSE_AS_SUBJECT, WORD_RULES, WORDS_A_SENTENCE } from './rules/prose.js';

export interface Found {
  /** Of the page, from 1. */
  readonly line: number;
  readonly what: string;
}

interface Paragraph {
  readonly line: number;
  readonly text: string;
}

/** The prose of a page, without code, link targets and comments. Each cell of a table, each item and each heading is separate. */
export function listParagraphs(markdown: string): Paragraph[] {
  const paragraphs: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | undefined;
  let fence: string | undefined;
  const bare = markdown.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ''));
  for (const [index, line] of bare.split('\n').entries()) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined || mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark === fence) fence = undefined;
      open = undefined;
      continue;
    }
    if (line.trim() === '') open = undefined;
    else if (/^\s*\|/.test(line)) {
      for (const cell of line.split(/(?<!\\)\|/)) paragraphs.push({ line: index + 1, text: cell });
      open = undefined;
    } else if (open === undefined || /^\s*([-*+]|\d+\.)\s|^#/.test(line)) {
      open = { line: index + 1, text: line.replace(/^\s*([-*+]|\d+\.)\s+|^#+\s+/, '') };
      paragraphs.push(open);
      if (line.startsWith('#')) open = undefined;
    } else open.text += ` ${line.trim()}`;
  }
  return paragraphs
    .map(({ line, text }) => ({ line, text: toProse(text) }))
    .filter(({ text }) => text !== '');
}

/** A quoted name or code is one word, which the guide says nothing of. */
function toProse(text: string): string {
  return text
    .replaceAll(/`[^`]*`/g, 'CODE')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|__|(?<=\s|^)[*_]|[*_](?=\s|[.,:;]|$)/g, '')
    .trim();
}

const listSentences = (text: string): string[] =>
  text.split(/(?<=[.!?:;])\s+(?=[“"(]?[A-Z0-9])|(?<=[:;])\s+/);

/** Tests, benches and examples: their strings are data, and only titles of tests and comments are Baton's own words. */
const HOLDS_DATA = /^(test|bench|examples)\/|\.test\.ts$/;

/**
 * Texts of a source file that people or models read: strings of several words, docstrings and comments. Where strings are
 * data, the titles of tests instead.
 */
function listTexts(path: string, code: string): Paragraph[] {
  const { program, comments } = parseSync(path, code);
  const found: { start: number; text: string }[] = comments.map(({ start, value }) => ({
    start,
    text: value.replaceAll(/^\s*\*/gm, '').replaceAll(/\{@link ([^}]*)\}/g, '`$1`'),
  }));
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start, value, quasis } = node as Partial<StringNode>;
    if (HOLDS_DATA.test(path)) {
      const title = readTitle(node as Partial<CallNode>);
      if (title) found.push(title);
    } else if (type === 'Literal' && typeof value === 'string')
      found.push({ start: start ?? 0, text: value });
    else if (type === 'TemplateLiteral') {
      const text = (quasis ?? []).map((part) => part.value.cooked ?? '').join('CODE');
      found.push({ start: start ?? 0, text });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(program);
  return found
    .filter(({ text }) => text.trim().split(/\s+/).length > 2 && !NO_PROSE.test(text))
    .flatMap(({ start, text }) => {
      const before = code.slice(0, start).split('\n').length - 1;
      return listParagraphs(text).map((paragraph) => ({ ...paragraph, line: paragraph.line + before }));
    });
}

/** The title of `test(…)`, `describe(…)` or `test.each(…)(…)`. */
function readTitle({ type, callee, arguments: given = [] }: Partial<CallNode>): Text | undefined {
  if (type !== 'CallExpression') return undefined;
  let named = callee;
  while (named && named.name === undefined) named = named.callee ?? named.object ?? named.tag;
  const [title] = given;
  const isTitle = ['test', 'it', 'describe'].includes(named?.name ?? '') && typeof title?.value === 'string';
  return isTitle ? { start: title.start, text: String(title.value) } : undefined;
}

interface Text {
  readonly start: number;
  readonly text: string;
}

interface CalleeNode {
  readonly name?: string;
  readonly callee?: CalleeNode;
  readonly object?: CalleeNode;
  readonly tag?: CalleeNode;
}

interface CallNode {
  readonly type: string;
  readonly callee: CalleeNode;
  readonly arguments: readonly { readonly start: number; readonly value?: unknown }[];
}

/** Markup, statements of a database, functions of a shell, and lists of words. */
const NO_PROSE = /^\s*(<|(create|select|with recursive|insert|delete|update|function) )|^[a-z'\s]{300,}$/;

interface StringNode {
  readonly type: string;
  readonly start: number;
  readonly value: unknown;
  readonly quasis: readonly { readonly value: { readonly cooked: string | null } }[];
}

/** @param path - of a page, or of a source file: its name says how it is read. */
export function findUnplain(path: string, content: string): Found[] {
  const paragraphs = path.endsWith('.ts') ? listTexts(path, content) : listParagraphs(content);
  return paragraphs.flatMap(({ line, text }) => [
    ...WORD_RULES.flatMap(({ never, say, except }) => {
      const word = never.exec(text)?.[0];
      return word === undefined || except?.test(path) === true ? [] : [{ line, what: `“${word}”: ${say}` }];
    }),
    ...listSentences(text).flatMap((sentence) => {
      const words = sentence.split(/\s+/).length;
      return [
        ...(CLAUSE_AS_SUBJECT.test(sentence)
          ? [{ line, what: `“${sentence.slice(0, 40)}…”: name the subject` }]
          : []),
        ...(words > WORDS_A_SENTENCE
          ? [{ line, what: `“${sentence.slice(0, 40)}…” has ${words} words: split it` }]
          : []),
      ];
    }),
  ]);
}
