/**
 * `baton completion --live`: prints ids for a shell's completion, one a line, each with a tab and a
 * description. It is separate from the other commands so that only the modules it needs are loaded. It
 * ignores every failure silently.
 */
import { findRuns } from '../../client/runs/list-runs.js';
import { compareUrgency } from '../../client/runs/urgency.js';
import { escapeText } from '../terminal/escape-text.js';
import { Screen } from '../terminal/screen.js';
import { Globals, Session } from '../session/session.js';
import { SERVER_FLAGS } from './spec.js';

/** A person who pressed the completion key does not wait longer than this. */
const PATIENCE_MS = 2_500;
const MOST = 200;

export function isLiveCompletion(argv: readonly string[]): boolean {
  return argv[0] === 'completion' && argv[1] === '--live';
}

/** Prints the ids that it finds, and never rejects. */
export async function completeLive(argv: readonly string[]): Promise<void> {
  const given = Object.fromEntries(
    SERVER_FLAGS.flatMap((flag) => {
      const value = argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined;
      return value === undefined ? [] : [[flag.slice(2), value] as const];
    }),
  );
  const timeUp = new Promise<readonly string[]>((resolve) => {
    setTimeout(() => resolve([]), PATIENCE_MS);
  });
  const lines = await Promise.race([find(argv[2], Globals.parse(given)).catch(() => []), timeUp]);
  const text = lines.map((line) => `${line}\n`).join('');
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
}

async function find(what: string | undefined, globals: Globals): Promise<readonly string[]> {
  const client = await new Session(globals, new Screen(false)).client();
  if (what === 'runs') {
    const runs = await findRuns(client, {}, MOST);
    return runs
      .slice(0, MOST)
      .map(({ workflowId, workflow, status, state }) =>
        formatLine(workflowId, `${workflow}, ${status === 'running' ? state : status}`),
      );
  }
  const requests = (await findRuns(client, { state: 'waiting' }, MOST)).flatMap(({ pending }) => pending);
  return requests.toSorted(compareUrgency).map(({ id, question }) => formatLine(id, question));
}

function formatLine(id: string, about: string): string {
  return `${escapeText(id)}\t${escapeText(about).replace(/\s+/g, ' ').slice(0, 80)}`;
}
