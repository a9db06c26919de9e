/** Content that a repository for others must not have: paths of its author's machine, and postponed work. */
import { at, isCode, lines, spelled, type Rule } from './rule.js';

const folder = (name: string): string => `(?<![\\w.@-])/${name}/`;
const planted = (text: string) => at('docs/page.md', `${text}\n`);

export const REPOSITORY_RULES: readonly Rule[] = [
  {
    says: 'no file names a folder of the machine it was written on',
    of: () => true,
    find: lines(new RegExp([folder('work'), folder('root')].join('|'))),
    planted: {
      'a workplace': planted(spelled('see /wo', 'rk/main')),
      'a home': planted(spelled('see /ro', 'ot/.cache')),
    },
    innocent: planted('see the framework/main and the tree/root/leaf'),
  },
  {
    says: 'no file names a package registry',
    of: () => true,
    find: lines(
      new RegExp(
        [
          ['registry', 'npmjs'],
          ['registry', 'yarnpkg'],
        ]
          .map((words) => words.join('\\.'))
          .join('|'),
      ),
    ),
    planted: { 'a registry': planted(spelled('https://registry.', 'npmjs.org')) },
  },
  {
    says: 'nothing is left to be done later',
    of: isCode,
    find: lines(
      new RegExp(`\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`),
    ),
    planted: {
      later: at('src/cli/x.ts', spelled('// TO', 'DO: later\n')),
      broken: at('src/cli/x.ts', spelled('// FIX', 'ME\n')),
    },
  },
];
