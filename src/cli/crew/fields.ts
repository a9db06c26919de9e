/** The fields of one agent or task. Each is checked for its type; an unknown field is reported by its name. */
import type { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import type { Json } from '../../contracts/data/json.js';
import { findNearestKey, type KeyUse } from './keys.js';
import type { YamlEntry, YamlFile, YamlValue } from './yaml-file.js';

export type Warn = (text: string) => void;

interface Named {
  /** E.g. `agent researcher`. */
  readonly what: string;
  readonly keys: Readonly<Record<string, KeyUse>>;
  readonly warn: Warn;
}

/** An item of a list of texts, and its line. */
export interface Listed {
  readonly text: string;
  readonly line: number;
}

export class Fields {
  private readonly file: YamlFile;
  private readonly what: string;
  private readonly line: number;
  private readonly keys: Named['keys'];
  private readonly values: ReadonlyMap<string, YamlEntry>;

  /** @throws {BatonError} `BAD_INPUT` when the entry is not a mapping. */
  constructor(file: YamlFile, entry: YamlEntry, { what, keys, warn }: Named) {
    this.file = file;
    this.what = what;
    this.line = entry.line;
    this.keys = keys;
    if (!entry.value.isMap())
      throw file.wrong(entry.line, `${what} is not a mapping: put its fields below it, indented`);
    const entries = entry.value.entries();
    for (const { key, line } of entries) this.look({ key, line }, keys, warn);
    this.values = new Map(entries.map((each) => [each.key, each]));
  }

  /** A required text. */
  text(key: string): string {
    const text = this.optionalText(key);
    if (text !== undefined && text.trim() !== '') return text;
    const near = [...this.values.values()].find(
      (each) => !Object.hasOwn(this.keys, each.key) && findNearestKey(each.key, this.keys) === key,
    );
    const meant = near === undefined ? '' : `. ${clip(near.key, 60)} is not known: did you mean it?`;
    throw this.file.wrong(
      (this.values.get(key) ?? near)?.line ?? this.line,
      `${this.what} has no ${key}${meant}`,
    );
  }

  /** A required text that may be empty; an empty one gives a warning. */
  textOrEmpty(key: string, warn: Warn): string {
    const value = this.values.get(key)?.value.json();
    if (value !== null && !(typeof value === 'string' && value.trim() === '')) return this.text(key);
    warn(`${this.at(key)}: ${key} of ${this.what} is empty: the agent gets nothing for it.`);
    return '';
  }

  optionalText(key: string): string | undefined {
    return this.read(key, 'text', (value) =>
      typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined,
    );
  }

  flag(key: string): boolean | undefined {
    return this.read(key, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  whole(key: string): number | undefined {
    return this.read(key, 'a whole number', (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined,
    );
  }

  /** Texts: a list, or a single one. Undefined when the field is missing. */
  list(key: string): Listed[] | undefined {
    const value = this.values.get(key)?.value;
    if (value === undefined || value.json() === null) return undefined;
    return value.items().map((item) => ({ text: this.formatValue(key, item), line: item.line }));
  }

  /** The position of a field, or of a part of its text. */
  at(key: string, part?: string): string {
    const entry = this.values.get(key);
    const line = part === undefined ? entry?.line : entry?.value.lineOf(part);
    return this.file.at(line ?? this.line);
  }

  wrong(key: string, why: string): BatonError {
    return this.wrongAt(this.values.get(key)?.value.line ?? this.line, why);
  }

  wrongAt(line: number, why: string): BatonError {
    return this.file.wrong(line, why);
  }

  private formatValue(key: string, item: YamlValue): string {
    const value = item.json();
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw this.file.wrong(
      item.line,
      `${key} of ${this.what} has ${clip(value as Json, 60)}, and must have texts`,
    );
  }

  /** Converts a value. Returns undefined for a missing one, and throws for one that `make` cannot convert. */
  private read<T>(key: string, must: string, make: (value: unknown) => T | undefined): T | undefined {
    const value = this.values.get(key)?.value.json();
    if (value === undefined || value === null) return undefined;
    const made = make(value);
    if (made !== undefined) return made;
    throw this.wrong(key, `${key} of ${this.what} is ${clip(value as Json, 60)}, and must be ${must}`);
  }

  private look({ key, line }: Pick<YamlEntry, 'key' | 'line'>, keys: Named['keys'], warn: Warn): void {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known?.use === 'taken') return;
    const at = this.file.at(line);
    if (known !== undefined) return warn(`${at}: ${key} of ${this.what} has no effect: ${known.why}.`);
    const nearest = findNearestKey(key, keys);
    const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    warn(`${at}: ${clip(key, 60)} of ${this.what} is not known, and has no effect.${meant}`);
  }
}
