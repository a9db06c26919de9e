/** How a module is cut and named. */
import type { SourceFile } from '../source.js';
import { at, isCode, isModule, isPackageModule, lines, spelled, whole, type Rule } from './rule.js';
import { beginsWithVerb } from './verbs.js';

const LONGEST = 250;
const planted = (text: string) => at('src/cli/x.ts', text);
const long = (count: number): string => `/** Planted. */\n${'export {};\n'.repeat(count - 1)}`;

/** Generic names, which say nothing about the code. */
const VAGUE = /(?:^|[/-])(?:utils?|helpers?|misc|common|shared|managers?)(?:[/-]|\.ts$)/;

/** A file whose default export is what a tool asks for. */
const isConfig = (path: string): boolean => /(?:\.config\.ts|test\/fixtures\/global-setup\.ts)$/.test(path);

/** The doors, and what they export as a whole. */
const DOOR =
  /^src\/(?:index|client|worker|(?:workflows|testing|models(?:\/offline)?)\/index|testing\/scripted-model)\.ts$/;
const FUNCTION =
  /^(?:export )?(?:(?:async )?function\*? ([a-z]\w*)[<(]|const (\w+)(?:: [^=]+)? = (?:async )?(?:<[^>]*>)?(?:\([^=]*?\)(?:: [^=]+?)?|\w+) =>)/gm;

/** The names that the package exports are the field's: `agent`, `graph`, `firstOf`. */
function listDoorNames(files: readonly SourceFile[]): ReadonlySet<string> {
  const doors = files.filter(({ path }) => DOOR.test(path)).map(({ text }) => text);
  const lists = doors.flatMap((text) =>
    [...text.matchAll(/^export (?:\{([^}]*)\}|(?:async )?function (\w+))/gm)].map(
      ([, list, declared]) => list ?? declared ?? '',
    ),
  );
  return new Set(lists.flatMap((list) => list.split(',').map((name) => name.trim())));
}

function findNouns(files: readonly SourceFile[]): string[] {
  const named = listDoorNames(files);
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(FUNCTION)]
      .map(([, declared, held]) => declared ?? held ?? '')
      .filter((name) => !named.has(name) && !beginsWithVerb(name))
      .map((name) => `${path}: ${name}`),
  );
}

export const MODULE_RULES: readonly Rule[] = [
  {
    says: 'a command that somebody is to type is named as it is typed here',
    // Descriptions of options are the same for everybody, and stand in docs/cli.md.
    of: (path) =>
      isPackageModule(path) &&
      /^src\/(?:cli|client|engine|inbox|worker)\//.test(path) &&
      !path.endsWith('/generate.ts'),
    find: (files) => [
      ...lines(new RegExp(spelled('\\\\`', 'baton [a-z]')))(files),
      ...lines(new RegExp(spelled('^(?! *[/*]).*[\'"][^\'"]*`', 'baton [a-z]')))(
        files.filter(({ path }) => !path.startsWith('src/cli/')),
      ),
    ],
    planted: {
      'in a template': planted(`const a = \`See ${spelled('\\`', 'baton list')}\\\`.\`;\n`),
      'in quotes': at('src/client/x.ts', `const a = 'See ${spelled('`', 'baton list')}\`.';\n`),
    },
    innocent: planted("const a = `See ${nameCommand('list')}.`;\n/** As `baton list` does. */\n"),
  },
  {
    says: 'each opens by saying what it is for',
    of: (path) => isModule(path) || /^(?:scripts|test)\/.*\.(?:ts|mjs)$/.test(path),
    find: whole(({ text }) => !/^(?:#!.*\n)?(?:\/\*\*|\/\/)[\s*]*[^\s*/]/.test(text)),
    planted: {
      'code first': planted('export const a = 1;\n'),
      'an empty comment': planted('/** */'.replace(' ', '\n')),
    },
    innocent: planted('#!/usr/bin/env node\n/** The command. */\n'),
  },
  {
    says: `none is longer than ${LONGEST} lines`,
    of: isModule,
    find: whole(({ text }) => text.split('\n').length - 1 > LONGEST),
    planted: { 'a line too many': planted(long(LONGEST + 1)) },
    innocent: planted(long(LONGEST)),
  },
  {
    says: 'none is named for being used by others',
    of: isCode,
    find: whole(({ path }) => VAGUE.test(path)),
    planted: {
      'a file': at('src/cli/utils.ts', ''),
      'a folder': at('src/helpers/dates.ts', ''),
      'a part of a name': at('test/fixtures/string-utils.ts', ''),
      'a manager': at('src/engine/process-manager.ts', ''),
    },
    innocent: at('src/cli/commonmark.ts', ''),
  },
  {
    says: 'names are kebab-case',
    of: (path) => /^(?:src|examples|bench|test)\/.*\.ts$/.test(path),
    find: whole(({ path }) => !/^[a-z0-9/.-]+\.ts$/.test(path)),
    planted: { 'camel case': at('src/cli/liveTree.ts', ''), snakes: at('src/cli/live_tree.ts', '') },
  },
  {
    says: 'exports are named',
    of: (path) => isCode(path) && !isConfig(path),
    find: lines(/^\s*export\s+(?:default\b|\{[^}]*\bas default\b|=)/),
    planted: {
      'a default': planted('export default function a() {}\n'),
      'a renamed default': planted('export { a as default };\n'),
    },
  },
  {
    says: 'no lint rule is switched off, but the one on control characters',
    of: isCode,
    find: lines(/(?:ox|es)lint-disable(?:-next-line|-line)?(?!.*\bno-control-regex\b)/),
    planted: {
      'for a line': planted(`// ${'oxlint'}-disable-next-line no-restricted-imports\n`),
      'for a file': planted(`/* ${'eslint'}-disable */\n`),
    },
    innocent: planted(`// ${'oxlint'}-disable-next-line no-control-regex -- terminal codes\n`),
  },
  {
    says: 'comments tell of no ticket',
    of: isCode,
    find: lines(/(?:\/\/|^\s*\/?\*).*(?:(?<![\w&])#\d+\b|\b(?:issue|ticket|PR)\s#?\d)/i),
    planted: {
      'a number': planted(`// see ${'#'}12\n`),
      'in words': planted(`/** As ${'issue'} 4 asks. */\n`),
    },
    innocent: planted("/** The tickets of a desk, 3 at most. */\nconst colour = '#123456';\n"),
  },
  {
    says: 'functions begin with a verb, unless a door of the package names them',
    of: isPackageModule,
    find: findNouns,
    planted: {
      'a noun': planted('function storyPage(a: string): void {}\n'),
      'an exported preposition': planted('export async function inTurn<T>(a: T): Promise<void> {}\n'),
      'a past participle': planted('function* settled(a: string): void {}\n'),
      'an arrow': planted('export const answerless = async (a: string): Promise<void> => {};\n'),
      'one that a door renames': [
        ...planted('export function agent(): void {}\n'),
        ...at('src/index.ts', "export { agent as maker } from './cli/x.js';\n"),
      ],
    },
    innocent: [
      ...planted(
        'function isSigned(a: string): void {}\nfunction readAssigned(): void {}\nconst text = read();\nexport function agent(): void {}\n',
      ),
      ...at('src/index.ts', "export {\n  agent,\n  type Agent,\n} from './cli/x.js';\n"),
    ],
  },
  {
    says: 'a duration as a number carries its unit in its name',
    of: isModule,
    find: lines(/\b(?:\w*(?:[tT]imeout|[dD]elay|[iI]nterval|[dD]uration|[dD]eadline)|ttl)\??: number\b/),
    planted: { 'a bare number': planted('interface A { readonly timeout?: number }\n') },
    innocent: planted('interface A { readonly timeoutMs: number; deadlineSeconds?: number }\n'),
  },
  {
    says: 'failures that cross Temporal come from their factories',
    of: (path) => isPackageModule(path) && !path.endsWith('/failures.ts'),
    find: lines(/\bnew ApplicationFailure\(|\bApplicationFailure\.(?:create|retryable|nonRetryable)\(/),
    planted: {
      'made by hand': planted("throw ApplicationFailure.nonRetryable('no');\n"),
      constructed: planted("throw new ApplicationFailure('no');\n"),
    },
  },
  {
    says: 'a patch is named by a constant, which says why it is there and when it goes',
    of: isPackageModule,
    find: lines(/\b(?:patched|deprecatePatch)\(\s*['"`]/),
    planted: { 'a bare word': planted("if (patched('new-order')) sort();\n") },
    innocent: planted('if (patched(NEW_ORDER)) sort();\n'),
  },
  {
    says: 'the sandbox keeps no state in its modules',
    of: (path) => /^src\/(?:contracts|workflows)\//.test(path) && isModule(path),
    find: lines(/^(?:export\s+)?(?:let|var)\s/),
    planted: { 'a variable': at('src/workflows/x.ts', 'let count = 0;\n') },
    innocent: at('src/workflows/x.ts', 'const LIMIT = 10;\nfunction f() {\n  let count = 0;\n}\n'),
  },
];
