/** The searchable corpus: opens or builds its index, keeps it in sync with the files, and answers queries. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '@libsql/client';
import { indexFile, openIndex } from './index-store.js';
import { type PackageMention, packageMentions } from './package-mentions.js';
import { aliasesIn, matchExpression, type QueryTerm, queryTerms, quoted } from './query.js';
import { type Candidate, diversify, rankCandidates } from './ranking.js';
import { type CountedTerm, weigh } from './term-weights.js';
import { refreshIndex, type RefreshOptions, type RefreshResult } from './refresh.js';

export interface SearchHit {
  /** The path as a reader opens it: relative to the working directory if below it, else absolute. */
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  /** 0 to 1; see `ranking.ts`. */
  readonly score: number;
  readonly heading: string;
  readonly package?: string;
  readonly text: string;
}

export interface SearchTerm {
  readonly term: string;
  /** The number of passages that contain the term. */
  readonly passages: number;
  /** The term's weight in this corpus; 0 if it does not count. */
  readonly weight: number;
}

export interface SearchResult {
  readonly passages: SearchHit[];
  readonly terms: SearchTerm[];
  /** The packages that the query seems to name, surest first. */
  readonly packages: string[];
}

const CANDIDATES = 60;
const DEFAULT_LIMIT = 6;
const MAX_COUNTS = 5_000;
const ALIAS_STRENGTH = 0.7;
/** Weights of the columns package, heading, name, text, hidden. */
const BM25 = 'bm25(passage_words, 2.0, 4.0, 2.0, 1.0, 0.6)';
const HOLDING = 'SELECT count(*) AS n FROM passage_words WHERE passage_words MATCH ?';
const SELECT = `SELECT p.path, p.start_line, p.end_line, p.weight, p.package, p.heading, p.name, p.text, ${BM25} AS rank
  FROM passage_words JOIN passages p ON p.id = passage_words.rowid WHERE passage_words MATCH ? ORDER BY rank LIMIT ?`;

export class SearchIndex {
  private readonly client: Client;
  /**
   * Counts that are valid until the files change. A change by another process may be noticed late, which
   * affects only the ranking.
   */
  private readonly counts = new Map<string, Promise<number>>();
  /** The corpus, as a real path. */
  readonly root: string;

  private readonly file: string;

  private constructor(client: Client, file: string, root: string) {
    this.client = client;
    this.file = file;
    this.root = root;
  }

  /**
   * Opens the index of a corpus. It is empty or outdated until `refresh` has run.
   *
   * @throws when the root does not exist or the cache folder is not writable.
   */
  static async open({ root, cacheFolder }: { root: string; cacheFolder: string }): Promise<SearchIndex> {
    const real = await realpath(root);
    const file = indexFile(cacheFolder, real);
    return new SearchIndex(await openIndex(file), file, real);
  }

  /**
   * Updates the index from the files. Of several processes, one builds and the others wait for it. The work
   * of a killed process stays, and the next one continues from there.
   */
  async refresh(options: RefreshOptions = {}): Promise<RefreshResult> {
    const result = await refreshIndex(this.client, this.file, this.root, options);
    this.counts.clear();
    return result;
  }

  /** The passages that answer a query best. An empty list means that none of its words occurs anywhere. */
  async search(
    query: string,
    { limit = DEFAULT_LIMIT }: { limit?: number | undefined } = {},
  ): Promise<SearchResult> {
    const words = queryTerms(query);
    const expression = matchExpression(words);
    if (expression === undefined) return { passages: [], terms: [], packages: [] };
    const mentions = await this.mentions(query);
    const owners = mentions.filter(({ strength }) => strength >= 0.5).map((mention) => mention.package);
    const counted = weigh(await this.counted(words, owners), await this.size(owners), mentions);
    const candidates = await this.candidates(expression, counted, mentions);
    const ranked = rankCandidates(candidates, counted, mentions);
    return {
      passages: diversify(ranked, limit).map((hit) => this.toHit(hit)),
      terms: counted.map(({ word, passages, weight }) => ({
        term: word,
        passages,
        weight: Math.round(weight * 100) / 100,
      })),
      packages: mentions.filter(({ strength }) => strength >= 0.5).map((mention) => mention.package),
    };
  }

  close(): void {
    this.client.close();
  }

  private async candidates(
    expression: string,
    terms: readonly QueryTerm[],
    mentions: readonly PackageMention[],
  ): Promise<Candidate[]> {
    const owners = mentions.filter(({ strength }) => strength >= 0.5).map((mention) => mention.package);
    const narrow = owners.length === 0 ? undefined : matchExpression(terms, { owner: owners });
    const results = [await this.client.execute({ sql: SELECT, args: [expression, CANDIDATES] })];
    if (narrow !== undefined)
      results.push(await this.client.execute({ sql: SELECT, args: [narrow, CANDIDATES] }));
    const found = new Map<string, Candidate>();
    for (const row of results.flatMap(({ rows }) => rows)) {
      const candidate: Candidate = {
        path: String(row['path']),
        startLine: Number(row['start_line']),
        endLine: Number(row['end_line']),
        package: String(row['package']),
        heading: String(row['heading']),
        name: String(row['name']),
        text: String(row['text']),
        weight: Number(row['weight']),
        bm25: -Number(row['rank']),
      };
      found.set(`${candidate.path}:${candidate.startLine}`, candidate);
    }
    return [...found.values()];
  }

  /** If a question names packages, a word's rarity is measured in those: "email" says little about a mailer. */
  private async counted(terms: readonly QueryTerm[], owners: readonly string[]): Promise<CountedTerm[]> {
    const found: CountedTerm[] = [];
    for (const term of terms) {
      const words = [term.word, ...term.forms].map(quoted).join(' OR ');
      const passages = await this.count(HOLDING, [words]);
      const within =
        owners.length === 0 || passages === 0
          ? passages
          : await this.count(HOLDING, [`{package} : (${owners.map(quoted).join(' OR ')}) AND (${words})`]);
      found.push({ ...term, passages, within });
    }
    return found;
  }

  private async size(owners: readonly string[]): Promise<{ passages: number; within: number }> {
    const passages = await this.count('SELECT count(*) AS n FROM passages', []);
    if (owners.length === 0) return { passages, within: passages };
    const owned = [`{package} : (${owners.map(quoted).join(' OR ')})`];
    const within = await this.count(HOLDING, owned);
    return { passages, within };
  }

  private async mentions(query: string): Promise<PackageMention[]> {
    const { rows } = await this.client.execute("SELECT DISTINCT package FROM documents WHERE package <> ''");
    const packages = rows.map((row) => String(row['package']));
    const users = (word: string): Promise<number> =>
      this.count(
        `SELECT count(DISTINCT p.package) AS n FROM passage_words JOIN passages p ON p.id = passage_words.rowid
         WHERE passage_words MATCH ? AND p.package <> ''`,
        [`{heading text} : ${quoted(word)}`],
      );
    const named = await packageMentions(query, packages, users);
    if (named.some(({ strength }) => strength >= 0.5)) return named;
    const aliased = await Promise.all(aliasesIn(query).map((alias) => this.packageOf(alias)));
    return [...aliased.flat(), ...named];
  }

  /** The package that its own examples import under this alias: `import * as z from "zod"`. */
  private async packageOf(alias: string): Promise<PackageMention[]> {
    const imports = [`as ${alias} from`, `import ${alias} from`].map(quoted).join(' OR ');
    const { rows } = await this.client.execute({
      sql: `SELECT p.package, count(*) AS n FROM passage_words JOIN passages p ON p.id = passage_words.rowid
            WHERE passage_words MATCH ? AND p.package LIKE ? GROUP BY p.package ORDER BY n DESC LIMIT 1`,
      args: [`{text} : (${imports})`, `${alias}%`],
    });
    return rows.map((row) => ({ package: String(row['package']), words: [], strength: ALIAS_STRENGTH }));
  }

  private count(sql: string, args: string[]): Promise<number> {
    const key = `${sql}\n${args.join('\n')}`;
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    if (this.counts.size >= MAX_COUNTS) this.counts.clear();
    const counting = this.client.execute({ sql, args }).then(({ rows }) => Number(rows[0]?.['n'] ?? 0));
    this.counts.set(key, counting);
    counting.catch(() => this.counts.delete(key));
    return counting;
  }

  private toHit(hit: Candidate & { score: number }): SearchHit {
    return {
      file: shownPath(this.root, hit.path),
      startLine: hit.startLine,
      endLine: hit.endLine,
      score: hit.score,
      heading: hit.heading,
      ...(hit.package === '' ? {} : { package: hit.package }),
      text: hit.text,
    };
  }
}

/** A document's path in citations. */
export function shownPath(root: string, key: string, workingDirectory: string = process.cwd()): string {
  const full = path.basename(root) === key ? root : path.join(root, key);
  const relative = path.relative(workingDirectory, full);
  return relative.startsWith('..') || path.isAbsolute(relative) ? full : relative;
}
