/** The source as the architecture tests read it: files, what each imports, what each door exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Files below a folder of the repository, as paths from its root with forward slashes. */
export function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .filter(wanted)
    .toSorted();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The files that the build and the tools make, and those of others. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', '.baton', 'outbox', 'coverage']);
const TEXT = /(?:^|\/)(?:\.[\w.-]+|\w+|[\w.-]+\.(?:ts|mjs|json|md|ya?ml|sh|toml|txt|eml|html|css))$/;

/** Every text of the repository, as a clone has it. */
export function repository(folder = ''): SourceFile[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    // The folder at the top is made by the build; the one in src is not.
    if (LEFT_OUT.has(entry.name) || path === 'schemas') return [];
    if (entry.isDirectory()) return repository(path);
    return TEXT.test(path) ? [{ path, text: read(path) }] : [];
  });
}

/** A specifier that is computed where it is used, so that no rule can be derived from the source. */
export const COMPUTED = '(computed)';

const STATEMENTS = [
  // import x from 'y', import type { x } from 'y', export { x } from 'y', export * as x from 'y'; over several lines too
  /^[ \t]*(?:import|export)\b(?:[^'"`;=()]|\btype\b)*?\bfrom\s*(['"])(?<specifier>[^'"\n]+)\1/gm,
  // import 'y'
  /^[ \t]*import\s*(['"])(?<specifier>[^'"\n]+)\1/gm,
  // import('y'), typeof import('y'), require('y')
  /\b(?:import|require)\s*\(\s*(['"])(?<specifier>[^'"\n]+)\1\s*[,)]/g,
];
const CALL = /(?<![.\w])(?:import|require)\s*\(\s*(?!['"])[^)]/g;

/** The imports of a module, types included, each specifier once and in the order of the kinds of statement. */
export function specifiersOf(text: string): string[] {
  const code = withoutComments(text);
  const found = STATEMENTS.flatMap((statement) =>
    [...code.matchAll(statement)].map((match) => match.groups?.['specifier'] ?? ''),
  );
  return [...new Set([...found, ...(CALL.test(code) ? [COMPUTED] : [])])];
}

/** Comments that fill whole lines; what stands behind code on its line is left, and cannot begin a statement. */
function withoutComments(text: string): string {
  CALL.lastIndex = 0;
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '').replace(/^[ \t]*\/\/.*$/gm, '');
}

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The module it names, from the root of the repository; undefined for a package. */
  readonly target: string | undefined;
}

export function importsOf({ path, text }: SourceFile): Import[] {
  return specifiersOf(text).map((specifier) => ({
    from: path,
    specifier,
    target: specifier.startsWith('.')
      ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
      : undefined,
  }));
}

const NAMED = /^export\s+(?<type>type\s+)?\{(?<names>[^}]*)\}(?:\s*from\s*'(?<source>[^']+)')?/gm;
const STAR = /^export\s+\*\s+from\s+'(?<source>[^']+)'/gm;
const DECLARED =
  /^export\s+(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?<kind>const|let|function\*?|class|interface|type)\s+(?<name>\w+)/gm;

/** The names a module exports, sorted; a name that is only a type reads `type X`. */
export function exportedNames(module: string): string[] {
  const code = withoutComments(read(module));
  const names = new Set<string>();
  for (const { groups } of code.matchAll(NAMED)) {
    for (const entry of (groups?.['names'] ?? '').split(',')) {
      const text = entry.trim().replace(/\s+/g, ' ');
      if (text === '') continue;
      const name =
        text
          .split(' as ')
          .at(-1)
          ?.replace(/^type /, '') ?? '';
      names.add(groups?.['type'] !== undefined || text.startsWith('type ') ? `type ${name}` : name);
    }
  }
  for (const { groups } of code.matchAll(STAR)) {
    const target = posix.join(posix.dirname(module), groups?.['source'] ?? '').replace(/\.js$/, '.ts');
    for (const name of exportedNames(target)) names.add(name);
  }
  for (const { groups } of code.matchAll(DECLARED)) {
    const isType = groups?.['kind'] === 'interface' || groups?.['kind'] === 'type';
    names.add(isType ? `type ${groups?.['name'] ?? ''}` : (groups?.['name'] ?? ''));
  }
  // A schema and its type share one name; the value says both.
  return [...names].filter((name) => !(name.startsWith('type ') && names.has(name.slice(5)))).toSorted();
}
