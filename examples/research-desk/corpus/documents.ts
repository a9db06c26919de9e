/**
 * Finds the documents of a corpus: Markdown, plain text, reStructuredText and the type declarations of
 * packages. It never reads anything outside the root, not even through a symbolic link.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { MAX_DOCUMENT_BYTES } from './document-text.js';

export type DocumentKind = 'markdown' | 'text' | 'declarations';

export interface CorpusDocument {
  /** Absolute path. */
  readonly path: string;
  readonly kind: DocumentKind;
  readonly sizeBytes: number;
  /**
   * The time of the last change in microseconds (ctime), which nobody can set. The modification time can be
   * set, and some tools unpack every version of a file with the same one.
   */
  readonly changedUs: number;
  /** The document's package, if it is below a `node_modules`. */
  readonly package: string | undefined;
  /** Below 1 for documents that mention everything and explain little: licenses, change logs, test fixtures. */
  readonly weight: number;
}

const MARKDOWN = /\.(md|mdx|markdown|mdown)$/i;
const TEXT = /\.(txt|text|rst|adoc|asciidoc|org)$/i;
const DECLARATIONS = /\.d\.[mc]?ts$/i;
const BARE_TEXT =
  /^(readme|faq|notes?|guide|manual|todo|usage|install|history|changes|changelog|news|authors)$/i;
const SKIPPED_FOLDERS = new Set(['bower_components', 'outbox']);

/** Lists the corpus in a stable order, package by package. `root` must be a real path (without links). */
export async function listDocuments(root: string): Promise<CorpusDocument[]> {
  const found: CorpusDocument[] = [];
  const information = await stat(root);
  if (information.isFile()) {
    const single = await describe(root, path.basename(root));
    return single === undefined ? [] : [single];
  }
  await walk({ root, folder: root, found, seen: new Set([root]) });
  return withoutTwins(found).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

interface Walk {
  readonly root: string;
  readonly folder: string;
  readonly found: CorpusDocument[];
  /** Real paths of visited folders, because links inside the root can form circles. */
  readonly seen: Set<string>;
}

async function walk({ root, folder, found, seen }: Walk): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await breathe();
  const described: Promise<CorpusDocument | undefined>[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) folders.push(full);
    else if (entry.isSymbolicLink()) {
      const target = await insideRoot(root, full);
      if (target === undefined) continue;
      if ((await stat(target)).isDirectory()) folders.push(full);
      else described.push(describe(full, entry.name));
    } else if (entry.isFile()) described.push(describe(full, entry.name));
  }
  for (const document of await Promise.all(described)) if (document !== undefined) found.push(document);
  for (const next of folders) {
    if (isSkipped(next)) continue;
    const real = await realpath(next);
    if (seen.has(real)) continue;
    seen.add(real);
    await walk({ root, folder: next, found, seen });
  }
}

/**
 * Skips hidden folders (including pnpm's store, whose packages are reached by their links) and the desk's own output.
 * It also skips packages installed below another package, because those are copies of packages at the top.
 */
function isSkipped(folder: string): boolean {
  const name = path.basename(folder);
  if (SKIPPED_FOLDERS.has(name) || name.startsWith('.')) return true;
  return name === 'node_modules' && path.dirname(folder).split(path.sep).includes('node_modules');
}

async function insideRoot(root: string, link: string): Promise<string | undefined> {
  const target = await realpath(link).catch(() => undefined);
  return target !== undefined && isInside(root, target) ? target : undefined;
}

/** Whether `file` is the root or below it. Both are real paths. */
export function isInside(root: string, file: string): boolean {
  return file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

async function describe(full: string, name: string): Promise<CorpusDocument | undefined> {
  const kind = documentKind(name);
  if (kind === undefined) return undefined;
  const { size, ctimeMs } = await stat(full);
  if (size === 0 || size > MAX_DOCUMENT_BYTES) return undefined;
  return {
    path: full,
    kind,
    sizeBytes: size,
    changedUs: Math.trunc(ctimeMs * 1_000),
    package: packageOf(full),
    weight: documentWeight(name) * folderWeight(full),
  };
}

export function documentKind(name: string): DocumentKind | undefined {
  if (DECLARATIONS.test(name)) return 'declarations';
  if (MARKDOWN.test(name)) return 'markdown';
  if (TEXT.test(name) || BARE_TEXT.test(name)) return 'text';
  return undefined;
}

/** The name of the innermost package on a path, e.g. `@temporalio/client`. */
export function packageOf(file: string): string | undefined {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('node_modules');
  const first = parts[at + 1];
  if (at < 0 || first === undefined || at + 2 >= parts.length) return undefined;
  return first.startsWith('@') ? `${first}/${parts[at + 2] ?? ''}` : first;
}

function documentWeight(fileName: string): number {
  const name = fileName.replace(/\.[^.]+$/, '');
  if (/^(licen[cs]e|copying|notice|third[-_ ]?party.*|patents|authors|contributors)/i.test(name)) return 0.3;
  if (
    /^(changelog|changes|history|news|releases?|release[-_ ]?notes|migrati(on|ng)|upgrad(e|ing))([-_.\s].*)?$/i.test(
      name,
    )
  )
    return 0.55;
  if (
    /^(code[-_ ]of[-_ ]conduct|contributing|security|backers|sponsors|governance|funding|pull_request_template)$/i.test(
      name,
    )
  )
    return 0.6;
  if (/(^|[-_.])internals?([-_.]|$)/i.test(name)) return 0.8;
  return 1;
}

/** Lowers the weight of other folders in a package: tests, copies of other projects, sources of another language. */
function folderWeight(file: string): number {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return 1;
  const folders = parts.slice(at + 2, -1);
  if (
    folders.some((folder) =>
      /^(tests?|__tests__|demos?|fixtures?|benchmarks?|third[-_]?party|_?vendor|crates|node_modules)$/i.test(
        folder,
      ),
    )
  )
    return 0.6;
  return folders.some((folder) => /^(skills|scripts|arch_docs|locales?)$/i.test(folder)) ? 0.85 : 1;
}

/** Keeps only the first of `x.d.ts`, `x.d.mts` and `x.d.cts`, which have the same content. */
function withoutTwins(documents: readonly CorpusDocument[]): CorpusDocument[] {
  const paths = new Set(documents.map((document) => document.path));
  return documents.filter(({ path: file }) => {
    const plain = file.replace(/\.d\.[mc]ts$/, '.d.ts');
    if (plain !== file && paths.has(plain)) return false;
    const module = file.replace(/\.d\.cts$/, '.d.mts');
    return module === file || !paths.has(module);
  });
}
