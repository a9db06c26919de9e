/** Reads a doc comment and the declaration below it as statements, each with its lines. */
import { sentences } from '../text.js';
import { beginsItem, type Sentence } from './groups.js';
import type { Passage, Statement } from './statement.js';

const MAX_TEXT = 430;
const MAX_SIGNATURE = 110;
const MAX_CODE_LINES = 24;
const UNCOMMENTED = 'exported, without a comment.';

/** Whether a text only says that something is declared. */
export function isUncommented(text: string): boolean {
  return text.endsWith(` — ${UNCOMMENTED}`);
}

/** The description first, then the tags: parameters, errors, defaults, remarks. */
export function plainDeclaration(passage: Passage): Statement[] {
  const lines = passage.text.split('\n');
  if (!/^\s*(?:\/\*|\*)/.test(passage.text) && !passage.text.includes('*/'))
    return /^\s*export\s/.test(passage.text) ? bareExport(passage, lines) : bareMembers(passage, lines);
  const closing = lines.findIndex((line) => line.includes('*/'));
  const end = closing < 0 ? lines.length - 1 : closing;
  const prose = withoutLinks(
    lines
      .slice(0, end + 1)
      .map((line) => uncommented(line))
      .join('\n'),
  ).split('\n');
  const signature = signatureOf(lines.slice(end + 1));
  const source = prose.join('\n');
  const units = sentences(source).filter(({ kind, text }) => kind !== 'heading' && !isPointer(text));
  const told = units.filter(({ kind }) => kind !== 'code');
  const example = units.find(
    ({ kind, startLine, endLine }) => kind === 'code' && endLine - startLine < MAX_CODE_LINES,
  );
  const groups = grouped(source, told);
  const base = passage.startLine - 1;
  return groups.map((group, at) => {
    const first = group[0]?.startLine ?? 1;
    const last = group.at(-1)?.endLine ?? first;
    const text = joined(source, group);
    // The declaration belongs to the first statement; the citation covers both.
    const named = at === 0 && signature !== undefined ? `\`${signature}\` — ${text}` : text;
    const code =
      at === 0 && example !== undefined
        ? { code: prose.slice(example.startLine - 1, example.endLine).join('\n'), language: 'ts' }
        : {};
    const reach =
      at === 0 ? (signature === undefined ? Math.max(last, example?.endLine ?? 0) : end + 2) : last;
    return { text: named, startLine: base + first, endLine: base + Math.min(reach, lines.length), ...code };
  });
}

/** Members without comments: each with its name, its type and its parent. */
function bareMembers(passage: Passage, lines: readonly string[]): Statement[] {
  const owner = passage.heading.split(' › ').at(-1) ?? '';
  return lines.flatMap((line, at) => {
    const signature = signatureOf([line]);
    if (signature === undefined || !/[;,]\s*$/.test(line)) return [];
    const startLine = passage.startLine + at;
    return [
      { text: `\`${signature}\` — in \`${owner}\`, without a comment.`, startLine, endLine: startLine },
    ];
  });
}

/** An export without a comment: its declaration is all that the documents say. */
function bareExport({ startLine, endLine }: Passage, lines: readonly string[]): Statement[] {
  const signature = signatureOf(lines);
  if (signature === undefined) return [];
  const text = `\`${signature}\` — ${UNCOMMENTED}`;
  return [{ text, startLine, endLine, code: lines.join('\n'), language: 'ts' }];
}

/** The description is one statement if it fits, with a list that it introduces; each tag is another. */
function grouped(source: string, units: readonly Sentence[]): Sentence[][] {
  const groups: Sentence[][] = [];
  let length = 0;
  let inTag = false;
  for (const unit of units) {
    const group = groups.at(-1);
    const begins = unit.kind === 'item' && beginsItem(source, unit);
    const tag = begins && isTag(unit.text);
    const continues = inTag ? unit.kind === 'item' && !begins : !tag || unit.text.startsWith('Default: ');
    length += unit.text.length;
    if (group !== undefined && continues && length <= MAX_TEXT) group.push(unit);
    else {
      groups.push([unit]);
      length = unit.text.length;
      inTag = tag;
    }
  }
  return groups;
}

function joined(source: string, group: readonly Sentence[]): string {
  return group
    .map((unit, at) => {
      const listed = unit.kind === 'item' && group[at - 1]?.kind === 'item' && beginsItem(source, unit);
      return `${at === 0 ? '' : listed ? '; ' : ' '}${unit.text}`;
    })
    .join('')
    .replaceAll('.; ', '; ');
}

/** Sentences that only refer the reader elsewhere. */
export function isPointer(text: string): boolean {
  return (
    /^(?:learn more|read more|see also|more info(?:rmation)?|see)\b[^.]{0,60}\.?$/i.test(text) ||
    /^.{0,50}\bdescribed in (?:the )?documentation\.$/.test(text)
  );
}

function isTag(text: string): boolean {
  return /^(?:`[\w.$]+`: |Returns: |Throws: |Default: |Deprecated: |See: )/.test(text);
}

/** A comment line as Markdown: no comment marks, tags as list items, links as their words. */
function uncommented(line: string): string {
  return line
    .replace(/^\s*\/\*\*?\s?/, '')
    .replace(/\*\/\s*$/, '')
    .replace(/^\s*\*( |$)/, '')
    .replace(
      /^\s*@(?:param|arg|argument|property|prop)\s+(?:\{[^}]*\}\s*)?\[?([\w.$]+)\]?(?:\s*=[^\s]*)?\s*-?\s*/,
      '- `$1`: ',
    )
    .replace(/^\s*@returns?\s+(?:\{[^}]*\}\s*)?/, '- Returns: ')
    .replace(/^\s*@(?:throws|exception)\s+(?:\{([^}]*)\}\s*)?/, '- Throws: $1 ')
    .replace(/^\s*@default(?:Value)?\s+/, '- Default: ')
    .replace(/^\s*@deprecated\s+/, '- Deprecated: ')
    .replace(/^\s*@see\s+/, '- See: ')
    .replace(/^\s*@(?:remarks?|description|summary|note)\b\s*/, '')
    .replace(/^\s*@example\b.*$/, '')
    .replace(/^\s*@[a-zA-Z]+(?:\s+\S+)?\s*$/, '');
}

/**
 * `{@link target | words}` as its words. A link over two lines stays on two lines, so that line numbers stay
 * correct.
 */
function withoutLinks(text: string): string {
  return text.replace(/\{@(?:link|linkcode|linkplain)\s+([^{}]*)\}/g, (_, inner: string) => {
    const breaks = '\n'.repeat(inner.split('\n').length - 1);
    const [target = '', ...words] = inner
      .split(/\||(?<=\S)\s+/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const shown = words.length > 0 ? words.join(' ') : `\`${target}\``;
    return `${shown}${breaks}`;
  });
}

/** The declaration, if it is short and on one line. */
function signatureOf(lines: readonly string[]): string | undefined {
  const line = lines.find((text) => text.trim() !== '' && !/^\s*@/.test(text));
  const text = (line ?? '')
    .trim()
    .replace(/^(?:export\s+)?(?:declare\s+)?(?:default\s+)?/, '')
    .replace(/\s*[{;,]\s*$/, '')
    .replace(/\s*\{\s*\}$/, '')
    .replace(/\s*=$/, '');
  if (text === '' || text.includes('`')) return undefined;
  if (
    text.length <= MAX_SIGNATURE &&
    text.split('(').length === text.split(')').length &&
    !/[|&]$/.test(text)
  )
    return text;
  const name =
    /^((?:(?:readonly|static|get|set|abstract|async|function|interface|class|type|const)\s+)*["'\w$]+)/.exec(
      text,
    )?.[1];
  return name === undefined ? undefined : `${name}${/^(?:\w+\s+)*[\w$]+\s*[(<]/.test(text) ? '(…)' : ''}`;
}
