/** A YAML file whose values know where they stand, so that what is wrong is told with its line. */
import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { type BatonError, createInputError } from '../../contracts/errors.js';
import { escapeText } from '../terminal/escape-text.js';

/** An entry of a mapping. */
export interface YamlEntry {
  readonly key: string;
  /** Of the key. */
  readonly line: number;
  readonly value: YamlValue;
}

/** A value, and where it begins. */
export class YamlValue {
  readonly file: YamlFile;
  private readonly node: Node | null;
  private readonly fallbackLine: number;

  constructor(file: YamlFile, node: Node | null, fallbackLine: number) {
    this.file = file;
    this.node = node;
    this.fallbackLine = fallbackLine;
  }

  get line(): number {
    return this.file.lineAt(this.node?.range?.[0]) ?? this.fallbackLine;
  }

  /** The line in which a part of the text stands. */
  lineOf(part: string): number {
    const [start = 0, end = 0] = this.node?.range ?? [];
    const at = this.file.text.slice(start, end).indexOf(part);
    return at < 0 ? this.line : (this.file.lineAt(start + at) ?? this.line);
  }

  /** As JSON; aliases are resolved. */
  json(): unknown {
    return this.file.json(this.node);
  }

  isMap(): boolean {
    return isMap(this.resolve());
  }

  isList(): boolean {
    return isSeq(this.resolve());
  }

  /** Whether others may be made from it. */
  hasAnchor(): boolean {
    return isMap(this.node) && this.node.anchor !== undefined;
  }

  /** The entries of a mapping, those that are merged into it (`<<`) first. */
  entries(): YamlEntry[] {
    const node = this.resolve();
    if (!isMap(node)) return [];
    const own = node.items.flatMap((pair) => this.entryOf(pair as Pair<Node, Node | null>));
    const merged = own
      .filter(({ key }) => key === '<<')
      .flatMap(({ value }) => value.items().flatMap((item) => item.entries()));
    const named = own.filter(({ key }) => key !== '<<');
    return [...merged.filter(({ key }) => named.every((each) => each.key !== key)), ...named];
  }

  /** The items of a list; a value that is none is its own only item. */
  items(): YamlValue[] {
    const node = this.resolve();
    if (node === null || (isScalar(node) && node.value === null)) return [];
    if (!isSeq(node)) return [this];
    return node.items.map((item) => new YamlValue(this.file, item as Node | null, this.line));
  }

  private entryOf({ key, value }: Pair<Node, Node | null>): YamlEntry[] {
    const [start, end] = key.range ?? [0, 0];
    const line = this.file.lineAt(key.range?.[0]) ?? this.line;
    const name = isScalar(key) ? (key.source ?? String(key.value)) : this.file.text.slice(start, end);
    return [{ key: name, line, value: new YamlValue(this.file, value, line) }];
  }

  private resolve(): Node | null {
    return this.file.resolve(this.node);
  }
}

export class YamlFile {
  /** As it is named to people. */
  readonly name: string;
  readonly text: string;
  readonly root: YamlValue;
  private readonly lines = new LineCounter();
  private readonly document: ReturnType<typeof parseDocument>;

  /** @throws {BatonError} `BAD_INPUT` with file and line, for what is no YAML or says a key twice. */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.document = parseDocument(text, { lineCounter: this.lines, merge: true, prettyErrors: false });
    const [problem] = this.document.errors;
    if (problem !== undefined) throw this.wrong(this.lineAt(problem.pos[0]) ?? 1, problem.message);
    this.root = new YamlValue(this, this.document.contents as Node | null, 1);
  }

  /** @throws {BatonError} `BAD_INPUT` where it cannot be read. */
  static read(path: string, name: string): YamlFile {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw createInputError(`${name} cannot be read: ${why}`, { file: name }, error);
    }
    return new YamlFile(name, text);
  }

  lineAt(offset: number | undefined): number | undefined {
    return offset === undefined ? undefined : this.lines.linePos(offset).line;
  }

  /** Where in it, as editors open it. */
  at(line: number): string {
    return `${this.name}:${line}`;
  }

  wrong(line: number, why: string): BatonError {
    return createInputError(`${this.at(line)}: ${escapeText(why)}`, { file: this.name, line });
  }

  json(node: Node | null): unknown {
    return node === null ? null : (node.toJS(this.document) as unknown);
  }

  resolve(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.document) ?? null) : node;
  }
}
