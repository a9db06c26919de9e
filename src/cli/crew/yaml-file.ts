/** A YAML file whose values keep their position, so that errors can name the line. */
import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { type BatonError, createInputError } from '../../contracts/errors.js';
import { escapeText } from '../terminal/escape-text.js';

/** An entry of a mapping. */
export interface YamlEntry {
  readonly key: string;
  /** The line of the key. */
  readonly line: number;
  readonly value: YamlValue;
}

/** A value and its position. */
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

  /** The line of a part of the text. */
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

  /** Whether the value has an anchor that others can refer to. */
  hasAnchor(): boolean {
    return isMap(this.node) && this.node.anchor !== undefined;
  }

  /** The entries of a mapping; merged ones (`<<`) come first. */
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

  /** The items of a list; any other value counts as a list of one. */
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
  /** The file's name in messages. */
  readonly name: string;
  readonly text: string;
  readonly root: YamlValue;
  private readonly lines = new LineCounter();
  private readonly document: ReturnType<typeof parseDocument>;

  /** @throws {BatonError} `BAD_INPUT` with file and line, for invalid YAML or a duplicate key. */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.document = parseDocument(text, { lineCounter: this.lines, merge: true, prettyErrors: false });
    const [problem] = this.document.errors;
    if (problem !== undefined) throw this.wrong(this.lineAt(problem.pos[0]) ?? 1, problem.message);
    this.root = new YamlValue(this, this.document.contents as Node | null, 1);
  }

  /** @throws {BatonError} `BAD_INPUT` when the file cannot be read. */
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

  /** The position in the form that editors open. */
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
