/** Makes documents of packages: Markdown with headings, prose, identifiers and code. The same ones every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SYLLABLES =
  'ba re ti on con fi gur er val id ate que ry pas sage in dex mo del wor ker sto lo ck net path ser ver cli ent ty pe'.split(
    ' ',
  );
const FILES_PER_PACKAGE = 8;

export interface CorpusSize {
  readonly files: number;
  readonly bytes: number;
}

export function writeCorpus(root: string, atLeastBytes: number): CorpusSize {
  const author = new Author();
  let files = 0;
  let bytes = 0;
  while (bytes < atLeastBytes) {
    const folder = join(root, 'node_modules', `package-${Math.floor(files / FILES_PER_PACKAGE)}`, 'docs');
    mkdirSync(folder, { recursive: true });
    const text = author.document();
    writeFileSync(join(folder, `${files}.md`), text);
    bytes += Buffer.byteLength(text);
    files += 1;
  }
  return { files, bytes };
}

/** Writes without end, from one seed. */
class Author {
  private state = 7;
  private readonly words = Array.from({ length: 20_000 }, () =>
    this.several(1, 4, () => this.pick(SYLLABLES)).join(''),
  );

  document(): string {
    return (
      [`# ${this.word()} ${this.word()}`, ...this.several(2, 15, () => this.section())].join('\n\n') + '\n'
    );
  }

  private section(): string {
    const paragraphs = this.several(1, 4, () => this.several(2, 5, () => this.sentence()).join(' '));
    const code = this.number(0, 9) < 4 ? [this.code()] : [];
    return [`## ${this.word()} ${this.word()}`, ...paragraphs, ...code].join('\n\n');
  }

  private sentence(): string {
    const [first = '', ...rest] = this.several(6, 19, () => this.word());
    const named = this.number(0, 4) === 0 ? [`\`${this.word()}.${this.word()}()\``] : [];
    return `${[first.charAt(0).toUpperCase() + first.slice(1), ...named, ...rest].join(' ')}.`;
  }

  private code(): string {
    const lines = this.several(1, 6, () => `const ${this.word()} = await ${this.word()}(${this.word()});`);
    return ['```ts', ...lines, '```'].join('\n');
  }

  /** Few words are common and many are rare, as in what people write. */
  private word(): string {
    return this.words[Math.floor(this.words.length * this.chance() ** 3)] ?? '';
  }

  private pick(from: readonly string[]): string {
    return from[this.number(0, from.length - 1)] ?? '';
  }

  private several<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: this.number(least, most) }, make);
  }

  private number(least: number, most: number): number {
    return least + Math.floor(this.chance() * (most - least + 1));
  }

  /** A linear congruential generator: it need not be good, only the same on every machine. */
  private chance(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }
}
