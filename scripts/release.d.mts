/** What the tests use of the release script. */
export interface ReleaseState {
  readonly version: string;
  readonly changelog: string;
  readonly histories: readonly string[];
  readonly packed: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly isClean: boolean;
}
export function dateChangelog(changelog: string, version: string, date: string): string;
export function findProblems(state: ReleaseState): string[];
