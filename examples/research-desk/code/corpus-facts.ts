/**
 * Counts terms in the documents of the corpus, for programs that answer counting questions. It reads the
 * files, because the search index contains passages and not every line. It writes nothing.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readDocument, toLines } from '../corpus/document-text.js';
import { type CorpusDocument, listDocuments } from '../corpus/documents.js';
import { shownPath } from '../corpus/search-index.js';
import type { CorpusFacts, FactsRequest } from './facts.js';
import { termPattern } from './term-pattern.js';

const MAX_FILES_TOLD = 2_000;
const MAX_BYTES = 400 * 1024 * 1024;

type PackageFacts = CorpusFacts['packages'][number];
type FileFacts = CorpusFacts['files'][number];

/**
 * Reads the corpus at `root` and counts. Copies of a document within one package count once.
 *
 * @throws the signal's reason when aborted; a file system error when the folder does not exist.
 */
export async function corpusFacts(
  root: string,
  { terms, package: asked }: FactsRequest,
  { signal, maxBytes = MAX_BYTES }: { signal?: AbortSignal | undefined; maxBytes?: number } = {},
): Promise<CorpusFacts> {
  const real = await realpath(root);
  const documents = await listDocuments(real);
  const scope = asked === undefined ? null : { asked, packages: packagesNamed(asked, documents) };
  const chosen =
    scope === null ? documents : documents.filter((one) => scope.packages.includes(one.package ?? ''));
  const direct = await directDependencies(real);
  const patterns = terms.map(termPattern);
  const packages = new Map<string, PackageFacts>();
  const files: FileFacts[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const document of chosen) {
    signal?.throwIfAborted();
    bytes += document.sizeBytes;
    if (bytes > maxBytes) break;
    const text = await readDocument(document.path);
    const name = document.package ?? '';
    if (text === undefined || !isFirst(seen, name, text)) continue;
    const lines = toLines(text);
    const counts = patterns.map((pattern) => countIn(text, lines, pattern));
    const facts = packages.get(name) ?? emptyPackage(name, direct.has(name), terms.length);
    packages.set(name, withFile(facts, document.kind, lines.length, counts));
    if (counts.some(({ times }) => times > 0))
      files.push({
        file: shownPath(real, path.relative(real, document.path)),
        package: name,
        lines: lines.length,
        counts,
      });
  }
  return {
    terms: [...terms],
    scope,
    packages: [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    files: files.sort((a, b) => mentions(b) - mentions(a)).slice(0, MAX_FILES_TOLD),
    complete: bytes <= maxBytes,
  };
}

function isFirst(seen: Set<string>, name: string, text: string): boolean {
  const key = createHash('sha1').update(name).update('\0').update(text).digest('base64');
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function countIn(text: string, lines: readonly string[], pattern: RegExp): { lines: number; times: number } {
  // Most documents have no match, and one search over the text is faster than a search in each line.
  if (text.search(pattern) < 0) return { lines: 0, times: 0 };
  const found = lines.map((line) => line.match(pattern)?.length ?? 0).filter((times) => times > 0);
  return { lines: found.length, times: found.reduce((sum, times) => sum + times, 0) };
}

function emptyPackage(name: string, direct: boolean, terms: number): PackageFacts {
  const counts = Array.from({ length: terms }, () => ({ files: 0, lines: 0, times: 0 }));
  return { name, direct, files: 0, lines: 0, declarations: 0, counts };
}

function withFile(
  facts: PackageFacts,
  kind: CorpusDocument['kind'],
  lines: number,
  counts: FileFacts['counts'],
): PackageFacts {
  return {
    ...facts,
    files: facts.files + 1,
    lines: facts.lines + lines,
    declarations: facts.declarations + (kind === 'declarations' ? 1 : 0),
    counts: facts.counts.map((before, at) => {
      const { lines: more = 0, times = 0 } = counts[at] ?? {};
      return {
        files: before.files + (times > 0 ? 1 : 0),
        lines: before.lines + more,
        times: before.times + times,
      };
    }),
  };
}

function mentions({ counts }: FileFacts): number {
  return counts.reduce((sum, { lines }) => sum + lines, 0);
}

/** By its whole name, else by its name without the scope, else all packages of a scope ("temporalio"). */
function packagesNamed(asked: string, documents: readonly CorpusDocument[]): string[] {
  const wanted = asked.trim().toLowerCase();
  const names = [...new Set(documents.map((document) => document.package ?? ''))].filter(
    (name) => name !== '',
  );
  const by = (part: (name: string) => string): string[] =>
    names.filter((name) => part(name.toLowerCase()) === wanted);
  const ways = [
    by((name) => name),
    by((name) => name.replace(/^@[^/]+\//, '')),
    by((name) => /^(@[^/]+)\//.exec(name)?.[1] ?? ''),
    by((name) => /^@([^/]+)\//.exec(name)?.[1] ?? ''),
  ];
  return ways.find((found) => found.length > 0) ?? [];
}

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

/** The dependencies in the package.json next to a `node_modules`; empty for other folders. */
async function directDependencies(root: string): Promise<ReadonlySet<string>> {
  if (path.basename(root) !== 'node_modules') return new Set();
  const text = await readFile(path.join(path.dirname(root), 'package.json'), 'utf8').catch(() => '{}');
  try {
    const { data = {} } = Manifest.safeParse(JSON.parse(text));
    return new Set(
      Object.keys({ ...data.dependencies, ...data.devDependencies, ...data.optionalDependencies }),
    );
  } catch {
    return new Set();
  }
}
