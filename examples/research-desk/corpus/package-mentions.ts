/**
 * Finds the installed packages that a question names: by name (`zod`), by scope ("Temporal" for
 * `@temporalio/…`), with or without punctuation ("fast deep equal"). Many package names are ordinary words
 * (`events`, `long`). A name that the documents use as a word counts only if the question makes clear that it
 * means a package.
 */
import { STOP_WORDS } from '../text.js';

export interface PackageMention {
  readonly package: string;
  /** The question's words that name the package. */
  readonly words: readonly string[];
  /** The confidence that the package is meant, from 0 to 1. */
  readonly strength: number;
}

interface Alias {
  readonly words: string;
  /** A scope names all its packages. A bare name within a scope only says which of them. */
  readonly part: 'whole' | 'scope' | 'name';
}

const CUE_BEFORE = new Set([
  'in',
  'with',
  'of',
  'using',
  'use',
  'by',
  'from',
  'does',
  'can',
  'do',
  'for',
  'is',
  'why',
  'via',
  'vs',
  'and',
  'or',
  'the',
]);
const CUE_AFTER = new Set([
  'package',
  'library',
  'module',
  'sdk',
  'api',
  'cli',
  'client',
  's',
  'schema',
  'schemas',
  'docs',
  'vs',
  'project',
]);

/** @param usersOf the number of packages that use a word in their documents. */
export async function packageMentions(
  question: string,
  packages: readonly string[],
  usersOf: (word: string) => Promise<number>,
): Promise<PackageMention[]> {
  const asked = ` ${normalized(question)} `;
  const raw = question.toLowerCase();
  const found = new Map<string, PackageMention>();
  const shares = new Map<string, number>();
  for (const name of packages) {
    for (const alias of aliases(name)) {
      const word = matching(asked, alias.words);
      if (word === undefined) continue;
      if (!shares.has(word))
        shares.set(word, word.includes(' ') ? 0 : await foreignShare(word, packages, usersOf));
      const literal = raw.includes(`\`${name}\``) || (name.startsWith('@') && raw.includes(name));
      const sure = literal ? 1 : strength(asked, word, shares.get(word) ?? 0);
      const strengthHere = alias.part === 'name' && !literal ? Math.min(sure, 0.3) : sure;
      if (strengthHere <= 0) continue;
      const before = found.get(name);
      found.set(name, {
        package: name,
        words: [...new Set([...(before?.words ?? []), ...word.split(' ')])],
        strength: Math.max(before?.strength ?? 0, strengthHere),
      });
    }
  }
  return [...found.values()].sort((a, b) => b.strength - a.strength || a.package.localeCompare(b.package));
}

/** The share of packages that use a word without having it in their name, 0 to 1. */
async function foreignShare(
  word: string,
  packages: readonly string[],
  usersOf: (word: string) => Promise<number>,
): Promise<number> {
  const bearers = packages.filter((name) =>
    aliases(name).some(({ words }) => words === word || words.startsWith(word)),
  ).length;
  return Math.max(0, (await usersOf(word)) - bearers) / Math.max(1, packages.length - bearers);
}

function strength(asked: string, word: string, share: number): number {
  if (share <= 0.08) return 1;
  const at = asked.indexOf(` ${word} `);
  const before = asked.slice(0, at).trim().split(' ').at(-1) ?? '';
  const after =
    asked
      .slice(at + word.length + 2)
      .trim()
      .split(' ')[0] ?? '';
  const cue = CUE_AFTER.has(after) ? 0.7 : CUE_BEFORE.has(before) ? 0.5 : 0;
  return share <= 0.3 ? cue : share <= 0.6 ? cue * 0.6 : 0;
}

function aliases(name: string): Alias[] {
  const [scope, bare] = name.startsWith('@') ? name.slice(1).split('/') : [undefined, name];
  const plain = normalized(bare ?? '');
  const short = plain.replace(/ (core|js|node)$/, '').replace(/^(node|js) /, '');
  const found: Alias[] = [];
  if (scope !== undefined && scope !== 'types') {
    found.push({ words: normalized(scope), part: 'scope' }, { words: plain, part: 'name' });
  } else found.push({ words: plain, part: 'whole' });
  if (short !== plain && short.length > 2)
    found.push({ words: short, part: scope === undefined ? 'whole' : 'name' });
  return found.filter(({ words }) => words.length > 1 && !STOP_WORDS.has(words));
}

/** The question's words that match an alias: exactly, or with a slightly longer alias. */
function matching(asked: string, alias: string): string | undefined {
  if (asked.includes(` ${alias} `)) return alias;
  if (alias.includes(' ')) {
    const joined = alias.replaceAll(' ', '');
    return asked.includes(` ${joined} `) ? joined : undefined;
  }
  return asked
    .trim()
    .split(' ')
    .find(
      (word) =>
        word.length >= 5 && alias.startsWith(word) && alias.length - word.length <= 2 && alias !== `${word}s`,
    );
}

function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
