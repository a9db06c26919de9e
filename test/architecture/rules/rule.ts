/** A rule of the house that can be read off the source: what it looks at, what it finds, and what it must find. */
import type { SourceFile } from '../source.js';

export interface Rule {
  /** As a test's title says it, after the subject. */
  readonly says: string;
  /** Which files it looks at. */
  readonly of: (path: string) => boolean;
  /**
   * The problems, a line each. The rule gets all files at once, since some rules are about how files depend on each
   * other.
   */
  readonly find: (files: readonly SourceFile[]) => string[];
  /** Sources that each break the rule. The rule must find every one of them. */
  readonly planted: Readonly<Record<string, readonly SourceFile[]>>;
  /** Sources that look like it and are fine. */
  readonly innocent?: readonly SourceFile[];
}

export const isModule = (path: string): boolean =>
  /^(?:src|examples|bench)\/.*\.ts$/.test(path) && !/\.test(?:-d)?\.ts$|\/fixtures\//.test(path);
export const isPackageModule = (path: string): boolean => isModule(path) && path.startsWith('src/');
export const isTest = (path: string): boolean => path.endsWith('.test.ts');
export const isCode = (path: string): boolean => /\.(?:ts|mjs)$/.test(path);

/** A rule on single lines; a line that breaks it is quoted. */
export function lines(pattern: RegExp): Rule['find'] {
  return (files) =>
    files.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
        ),
    );
}

/** A rule on whole files. */
export function whole(isWrong: (file: SourceFile) => boolean): Rule['find'] {
  return (files) => files.filter(isWrong).map(({ path }) => path);
}

export const at = (path: string, text: string): SourceFile[] => [{ path, text }];

/** Puts words together, so that a file does not hold what it looks for. */
export const spelled = (...parts: readonly string[]): string => parts.join('');
