/** The implementation of `read_evidence` on a worker: it reads files, pages and counts again. */
import { realpath } from 'node:fs/promises';
import { implement, type ToolImplementation } from '@batonhq/baton/worker';
import { runOverCorpus } from '../code/implementation.js';
import { fetchText } from '../web/fetch-text.js';
import { pageLines } from '../web/page-lines.js';
import type { FetchPolicy } from '../web/policy.js';
import { evidenceOf, type Places } from './read-evidence.js';
import { readEvidence } from './tool.js';

/** @param corpus returns the folder of the cited documents; it may throw if the folder does not exist. */
export function readEvidenceImplementation(
  corpus: () => string,
  policy: Partial<FetchPolicy>,
): ToolImplementation {
  return implement(readEvidence, async (report, { signal }) =>
    evidenceOf(report, {
      corpusRoot: await realpath(corpus()),
      count: (call) => recount(corpus, call, signal),
      page: (url) => pageAt(url, policy, signal),
    }),
  );
}

const recount = async (
  corpus: () => string,
  call: Parameters<Places['count']>[0],
  signal: AbortSignal,
): ReturnType<Places['count']> => {
  const ended = await runOverCorpus(corpus, call, signal);
  if (ended.outcome === 'ok')
    return {
      ok: true,
      result: ended.value,
      files: ended.over?.files ?? 0,
      packages: ended.over?.packages ?? 0,
    };
  return {
    ok: false,
    reason: `Run again, the program ended with ${ended.outcome}${'message' in ended ? `: ${ended.message}` : ''}.`,
  };
};

const pageAt = async (
  url: string,
  policy: Partial<FetchPolicy>,
  signal: AbortSignal,
): ReturnType<Places['page']> => {
  const fetched = await fetchText(url, policy, signal);
  if (fetched.outcome !== 'ok') return { reason: fetched.reason };
  return fetched.status === 200
    ? { lines: pageLines(fetched) }
    : { reason: `The page answers ${fetched.status}.` };
};
