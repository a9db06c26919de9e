/** What the desk's tools do: search the corpus, count in it, fetch pages, read evidence again, deliver the report. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BatonError } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { runProgramImplementation } from './code/implementation.js';
import { SearchIndex } from './corpus/search-index.js';
import { searchDocs } from './corpus/tool.js';
import { corpusFolder } from './corpus-folder.js';
import { mailImplementations } from './mail/implementation.js';
import { mailSettings } from './mail/settings.js';
import { readEvidenceImplementation } from './review/implementation.js';
import { fetchUrlTool } from './web/implementation.js';
import { policyFromEnvironment } from './web/policy.js';

/** Between two looks at the files; researchers search at the same time, and the files change seldom. */
const FRESH_MS = 15_000;

/** @throws {BatonError} `BAD_CONFIG` when there is no such folder. */
function existingCorpus(): string {
  const folder = corpusFolder();
  if (existsSync(folder)) return folder;
  throw new BatonError(
    'BAD_CONFIG',
    `There is no folder ${folder} to answer from. Run this in a project with installed packages, or name a folder of documents: --corpus DIR, or BATON_CORPUS.`,
    { folder },
  );
}

const opened = new Map<string, Promise<SearchIndex>>();
const refreshed = new Map<string, { at: number; done: Promise<unknown> }>();

/** The index, brought up to the files if that was not done a moment ago. A refresh that fails is tried again. */
async function currentIndex(): Promise<SearchIndex> {
  const folder = existingCorpus();
  const opening =
    opened.get(folder) ?? SearchIndex.open({ root: folder, cacheFolder: path.resolve('.baton') });
  opened.set(folder, opening);
  try {
    const index = await opening;
    const last = refreshed.get(folder);
    const refresh =
      last !== undefined && Date.now() - last.at < FRESH_MS
        ? last
        : { at: Date.now(), done: index.refresh() };
    refreshed.set(folder, refresh);
    await refresh.done;
    // A first build takes longer than the interval: it counts from its end.
    if (refresh !== last) refreshed.set(folder, { ...refresh, at: Date.now() });
    return index;
  } catch (error) {
    opened.delete(folder);
    refreshed.delete(folder);
    throw error;
  }
}

const fetchPolicy = policyFromEnvironment(process.env);

export const tools = [
  implement(searchDocs, async ({ query, limit }) => (await currentIndex()).search(query, { limit })),
  runProgramImplementation(existingCorpus),
  readEvidenceImplementation(existingCorpus, fetchPolicy),
  fetchUrlTool(fetchPolicy),
  ...mailImplementations(mailSettings(process.env)),
];
