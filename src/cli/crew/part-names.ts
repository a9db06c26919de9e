/** Names of a crew's agents and tasks: their keys, or names derived from them. */
import { isName } from '../../contracts/data/names.js';
import type { Warn } from './fields.js';
import type { YamlEntry, YamlFile } from './yaml-file.js';

/** Names by the keys of the file. */
export type PartNames = ReadonlyMap<string, string>;

/**
 * Run ids, tools and searches accept only names of letters, digits, `-` and `_`. Another key gets a name in this
 * form, with a warning.
 */
export function createPartNames(
  file: YamlFile,
  entries: readonly YamlEntry[],
  { what, warn }: { readonly what: 'agent' | 'task'; readonly warn: Warn },
): PartNames {
  const names = new Map<string, string>();
  const taken = new Set(entries.map(({ key }) => key).filter(isName));
  for (const [index, { key, line }] of entries.entries()) {
    if (isName(key)) {
      names.set(key, key);
      continue;
    }
    const plain = key.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^[^A-Za-z]+|_+$/g, '');
    const name = isName(plain) && !taken.has(plain) ? plain : `${what}_${index + 1}`;
    taken.add(name);
    names.set(key, name);
    warn(
      `${file.at(line)}: ${what} ${key} is called ${name}, as names have letters, digits, "-" and "_" only.`,
    );
  }
  return names;
}

/** The name for a key; a text that is not a key counts as a name. */
export function findPartName(names: PartNames, said: string): string {
  return names.get(said) ?? said;
}
