/**
 * The passages of a `.d.ts` file: each doc comment with the declaration after it, under the name of the
 * interface, class or namespace that contains it. They are found line by line: a declaration file is regular
 * enough, and a parser would take longer than the whole index. Options and exports without a comment are added.
 */
import { BareMembers } from './bare-members.js';
import { type Passage, passageOf } from './passage.js';

/** The number of the declaration's lines that are shown with its comment. */
const DECLARATION_LINES = 10;
/** A comment is cut at the first empty line after this many lines, at the latest after the maximum. */
const COMMENT_LINES = 18;
const MAX_COMMENT_LINES = 40;

const CONTAINER =
  /^\s*(?:export\s+)?(?:declare\s+)?(?:default\s+)?(?:abstract\s+)?(?:interface|class|namespace|module|enum|type|const\s+enum|function|const|let|var)\s+(["'\w$.]+)/;
const MEMBER =
  /^\s*(?:(?:public|protected|private|readonly|static|abstract|override|get|set|async|declare)\s+)*(["'\w$]+|\[[^\]]*\])\s*[?!]?\s*[(:<]/;

/** An export that a program can call. A leading underscore marks an internal one. */
const CALLABLE = /^\s*export\s+(?:declare\s+)?(?:abstract\s+)?(?:function|class|const)\s+([A-Za-z$][\w$]*)/;

interface Scope {
  readonly name: string;
  readonly depth: number;
}

export function declarationPassages(lines: readonly string[]): Passage[] {
  const passages: Passage[] = [];
  const scopes: Scope[] = [];
  const bare = new BareMembers(lines);
  let depth = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^\s*\/\*/.test(line)) {
      const end = commentEnd(lines, at);
      if (/^\s*\/\*\*/.test(line)) {
        passages.push(...documented(lines, at, end, scopes));
      }
      at = end;
      continue;
    }
    if (/^\s*\/\//.test(line)) continue;
    const exported = CALLABLE.exec(line)?.[1];
    if (exported !== undefined)
      bare.addExport(at, declarationEnd(lines, at), [...scopeNames(scopes), exported]);
    else if (MEMBER.test(line)) bare.add(at, scopeNames(scopes));
    const opened = braces(line);
    if (opened > 0) scopes.push({ name: declaredName(line) ?? '', depth });
    depth = Math.max(0, depth + opened);
    while (scopes.length > 0 && depth <= (scopes.at(-1)?.depth ?? 0)) scopes.pop();
  }
  return [...passages, ...bare.passagesBeside(passages)].sort((a, b) => a.startLine - b.startLine);
}

function documented(
  lines: readonly string[],
  first: number,
  end: number,
  scopes: readonly Scope[],
): Passage[] {
  const prose = lines
    .slice(first, end + 1)
    .join(' ')
    .replace(/[/*\s]+/g, ' ')
    .trim();
  if (prose.length < 12 || /^@(license|preserve|internal|hidden|ignore|__PURE__)\b/.test(prose)) return [];
  const declaration = declarationStart(lines, end + 1);
  const name = declaration === undefined ? undefined : declaredName(lines[declaration] ?? '');
  const heading = [...scopeNames(scopes), ...(name === undefined ? [] : [name])];
  const last = declaration === undefined ? end : declarationEnd(lines, declaration);
  const stray = declaration !== undefined ? 1 : /copyright|licen[cs]e/i.test(prose) ? 0.2 : 0.8;
  const weight = /@deprecated/.test(prose) ? 0.6 : stray;
  return pieces(lines, first, end).map(([from, to]) =>
    passageOf(lines, from, to === end ? last : to, heading, weight),
  );
}

/** A long comment is cut at empty lines, so that its end can be found as well. */
function pieces(lines: readonly string[], first: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  let from = first;
  let fenced = false;
  for (let at = first; at <= end; at++) {
    const line = lines[at] ?? '';
    if (/^\s*\*?\s*```/.test(line)) fenced = !fenced;
    const long = at - from >= COMMENT_LINES;
    const here = (long && !fenced && /^\s*\*?\s*$/.test(line)) || at - from >= MAX_COMMENT_LINES;
    if (here && end - at > 2) {
      found.push([from, at - 1]);
      from = at + 1;
    }
  }
  return [...found, [from, end]];
}

function scopeNames(scopes: readonly Scope[]): string[] {
  return scopes.map(({ name }) => name.replace(/^["']|["']$/g, '')).filter((name) => name !== '');
}

function commentEnd(lines: readonly string[], first: number): number {
  for (let at = first; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.includes('*/', at === first ? line.indexOf('/*') + 2 : 0)) return at;
  }
  return lines.length - 1;
}

/** The line right after a comment, unless it is another comment or a closing brace. */
function declarationStart(lines: readonly string[], after: number): number | undefined {
  let at = after;
  while (/^\s*@\w/.test(lines[at] ?? '')) at++;
  const line = lines[at] ?? '';
  return line.trim() === '' || /^\s*(\/\*|\/\/|[})\]])/.test(line) ? undefined : at;
}

/** Up to the line that closes the declaration, the first comment inside it, or the limit. */
function declarationEnd(lines: readonly string[], first: number): number {
  let depth = 0;
  for (let at = first; at < lines.length && at - first < DECLARATION_LINES; at++) {
    const line = lines[at] ?? '';
    if (at > first && /^\s*(\/\*|\/\/)/.test(line)) return at - 1;
    if (at > first && line.trim() === '') return at - 1;
    depth += nesting(line);
    if (depth <= 0 && /[;,}]\s*$/.test(line)) return at;
    if (depth < 0) return Math.max(first, at - 1);
  }
  return Math.min(lines.length, first + DECLARATION_LINES) - 1;
}

function declaredName(line: string): string | undefined {
  return CONTAINER.exec(line)?.[1] ?? MEMBER.exec(line)?.[1];
}

function braces(line: string): number {
  return count(line, '{') - count(line, '}');
}

function nesting(line: string): number {
  return braces(line) + count(line, '(') - count(line, ')') + count(line, '[') - count(line, ']');
}

/** Occurrences outside quoted text. */
function count(line: string, character: string): number {
  const code = line.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '').replace(/\/\/.*$|\/\*.*?\*\//g, '');
  return code.split(character).length - 1;
}
