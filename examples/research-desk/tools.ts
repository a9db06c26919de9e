/**
 * The implementations of the desk's tools: search the corpus, count in it, fetch pages, read evidence again,
 * send the report.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BatonError } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { runProgramImplementation } from './code/implementation.js';
import { FreshIndex } from './corpus/fresh-index.js';
import { searchDocs } from './corpus/tool.js';
import { corpusFolder } from './corpus-folder.js';
import { mailImplementations } from './mail/implementation.js';
import { mailSettings } from './mail/settings.js';
import { readEvidenceImplementation } from './review/implementation.js';
import { fetchUrlTool } from './web/implementation.js';
import { policyFromEnvironment } from './web/policy.js';

/** @throws {BatonError} `BAD_CONFIG` when the folder does not exist. */
function existingCorpus(): string {
  const folder = corpusFolder();
  if (existsSync(folder)) return folder;
  throw new BatonError(
    'BAD_CONFIG',
    `There is no folder ${folder} to answer from. Run this in a project with installed packages, or name a folder of documents: --corpus DIR, or BATON_CORPUS.`,
    { folder },
  );
}

const indexes = new Map<string, FreshIndex>();

function indexOf(folder: string): FreshIndex {
  const known = indexes.get(folder) ?? new FreshIndex({ root: folder, cacheFolder: path.resolve('.baton') });
  indexes.set(folder, known);
  return known;
}

const fetchPolicy = policyFromEnvironment(process.env);

export const tools = [
  implement(searchDocs, async ({ query, limit }, caller) => {
    const index = await indexOf(existingCorpus()).get(caller);
    return index.search(query, { limit });
  }),
  runProgramImplementation(existingCorpus),
  readEvidenceImplementation(existingCorpus, fetchPolicy),
  fetchUrlTool(fetchPolicy),
  ...mailImplementations(mailSettings(process.env)),
];
