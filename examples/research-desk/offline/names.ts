/**
 * The names that a question requires. A text that shares the other words without these names is about
 * something else: text about ports does not answer "the default port of Redis".
 */
import { stem, STOP_WORDS, tokenize } from '../text.js';
import { isGerman } from '../corpus/german.js';
import type { Passage, Statement } from './statements.js';

export interface Name {
  /** As the reader wrote it. */
  readonly word: string;
  /** `pino`, `final` for `pino.final`; one part for any other name. */
  readonly parts: readonly string[];
  /** Recognised by its spelling (`safeParse`, `pino.final`, `E1002`), even if the question names other things. */
  readonly identifier: boolean;
}

const DOTTED = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;
/** Common names with a dot. */
const ORDINARY = /^(?:e\.g|i\.e|a\.m|p\.m|node\.js|.*\.(?:md|txt|json))$/i;
/** Shorter names are import aliases: the `z` of `z.infer`, the `vi` of `vi.mock`. */
const ALIAS_LENGTH = 2;

/** Acronyms that are common in every field. */
const COMMON = new Set(
  'API APIs CLI CSV FAQ HR HTML HTTP HTTPS ID IDs IP IT JSON OK PDF SDK SQL UI URL URLs VAT XML'.split(' '),
);

const BARE = '[\\p{L}@][\\p{L}\\p{N}@/_.-]+';
const NO_NAME =
  '(?:the|a|an|my|our|your|their|its?|this|that|these|those|there|i|we|you|he|she|they|one|all|any|each|every|some|no|not|it)';
/** "Does express have …": a subject without an article. */
const SUBJECT = new RegExp(
  `^(?:is|(?:\\S+\\s+){0,3}?(?:does|did|has|can|will))\\s+(?!${NO_NAME}\\b)(${BARE})(?<![^s]s)\\s+\\p{L}`,
  'iu',
);
/** "… with Prisma?" */
const PLACE = new RegExp(
  `\\s(?:in|with|of|for|using|on|from)\\s+(?!${NO_NAME}\\b)(${BARE})(?:\\s+(?:package|library|client|sdk|api|cli))?\\s*\\??$`,
  'iu',
);

/** The names in a question. If it is about known packages, only names recognised by their spelling. */
export function namesIn(question: string, packages: readonly string[]): Name[] {
  const words = [...question.matchAll(/[\p{L}\p{N}_$@][\p{L}\p{N}\p{M}_$@/.-]*/gu)].map(([word]) =>
    word.replace(/[./-]+$/, ''),
  );
  const owned = new Set(packages.flatMap((name) => [name.toLowerCase(), ...tokenize(name)]));
  const identifiers = words.filter((word) => isIdentifier(word) && !owned.has(word.toLowerCase()));
  const others =
    packages.length > 0
      ? []
      : [
          ...(isGerman(question)
            ? []
            : words.slice(1).filter((word) => /^\p{Lu}/u.test(word) && !COMMON.has(word))),
          // "Does error E1002 mean …": the identifier is the name.
          ...(identifiers.length > 0 ? [] : [SUBJECT, PLACE]).flatMap(
            (form) => form.exec(question)?.[1] ?? [],
          ),
        ];
  const named = others.filter((word) => !isIdentifier(word) && !STOP_WORDS.has(word.toLowerCase()));
  return [
    ...[...new Set(identifiers)].map((word) => ({
      word,
      parts: DOTTED.test(word) ? word.split('.') : [word],
      identifier: true,
    })),
    ...[...new Set(named)].map((word) => ({ word, parts: [word], identifier: false })),
  ];
}

function isIdentifier(word: string): boolean {
  if (ORDINARY.test(word) || word.startsWith('@')) return false;
  return (
    DOTTED.test(word) ||
    /\p{Ll}\p{Lu}/u.test(word) ||
    /^\p{L}[\p{L}\p{N}]*_[\p{L}\p{N}_]+$/u.test(word) ||
    /^\p{Lu}+-?\d+$/u.test(word)
  );
}

/** Whether a statement, its example or the titles above it contain the name. */
export function holdsName(name: Name, statement: Statement, passage: Passage): boolean {
  const held = new Set(
    tokenize(
      `${statement.text} ${statement.code ?? ''} ${passage.heading} ${passage.package ?? ''} ${fileName(passage)}`,
    ).flatMap((word) => [word, stem(word)]),
  );
  const holds = (word: string): boolean => held.has(word.toLowerCase()) || held.has(stem(word.toLowerCase()));
  if (holds(name.word)) return true;
  const [first = '', last = ''] = [name.parts[0], name.parts.at(-1)];
  return name.parts.length > 1 && holds(last) && (first.length <= ALIAS_LENGTH || holds(first));
}

function fileName({ file }: Passage): string {
  return (file.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:d\.[mc]?ts|[a-z]+)$/, '');
}
