/** The run id of a demo. It is derived from question, documents and reader, so a killed demo resumes the same run. */
import { defined } from '../../contracts/data/defined.js';
import { existsSync, statSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { digest } from '../../contracts/data/canonical-json.js';
import { createUsageError } from '../../contracts/errors.js';
import { DATA_DIR } from '../session/session.js';

export const WORKFLOW = 'researchDesk';
const LONGEST_SLUG = 40;

/**
 * The id of the run that answers `question` from `corpus` and sends the answer to `destination`, or to a file
 * without one.
 */
export function buildDemoRunId(question: string, corpus: string, destination?: string): string {
  const slug = question
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  return `research-${slug === '' ? 'question' : slug}-${digest({ question, corpus, ...defined({ destination }) }).slice(0, 8)}`;
}

/**
 * Where the environment has reports sent; undefined for files. User and password are excluded, because they
 * may change.
 */
export function readDestination(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = ['SMTP_URL', 'BATON_MAIL_FROM', 'BATON_MAIL_TO'].map((name) => env[name]?.trim() ?? '');
  if (named.every((value) => value === '')) return undefined;
  const [server = '', ...addresses] = named;
  return [server.replace(/^(\w+:\/\/).*@/, '$1'), ...addresses].join(' ');
}

/**
 * The folder of the documents: the given one, else `BATON_CORPUS`, else the packages of this project.
 *
 * @throws {BatonError} `BAD_USAGE` when the folder does not exist.
 */
export function resolveCorpusFolder(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const named = given ?? (env['BATON_CORPUS'] || undefined);
  const folder = resolve(named ?? 'node_modules');
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw createUsageError(
    named === undefined
      ? `There is no folder ${folder} to answer from. Run this in a project with installed packages, or give --corpus DIR.`
      : `There is no folder ${folder} to answer from. Give another --corpus.`,
    { folder },
  );
}

/** Remembers a run whose result was not shown yet, even if the demo is killed. */
export class UnseenRun {
  private readonly folder: string;
  private readonly file: string;

  constructor(workflowId: string, dataDir: string = DATA_DIR) {
    this.folder = join(dataDir, 'demo');
    this.file = join(this.folder, digest(workflowId).slice(0, 16));
  }

  /** The id of the run; undefined when its result was shown, or no run was started. */
  read(): string | undefined {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
  }

  write(runId: string): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.file, runId);
  }

  clear(): void {
    rmSync(this.file, { force: true });
  }
}
