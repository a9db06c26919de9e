/**
 * Writes the outputs of crews into files. It writes only files that this worker's crews declare, inside a dedicated folder,
 * and never overwrites a file that it did not write. No path leads out of the folder, not even through links.
 */
import { randomUUID } from 'node:crypto';
import { appendFile, lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { writeCrewOutput } from '../../contracts/crew/output-file.js';
import { PLACEHOLDER } from '../../contracts/crew/placeholders.js';
import { type BatonError, createToolError } from '../../contracts/errors.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import type { BuiltInTool } from './memory-tools.js';
import type { ToolResult } from './tool-result.js';

/**
 * The files that were written here, one path per line, as a JSON string. The list is stored next to them, because it must last as long as
 * they do.
 */
const WRITTEN = '.baton-written';

export interface OutputFolder {
  /** Absolute. */
  readonly folder: string;
  /** The paths that crew tasks declare, below the folder; may contain placeholders. */
  readonly files: readonly string[];
}

/** The tool. It replaces a file that it wrote completely or leaves it unchanged. */
export function createOutputFilesTool({ folder, files }: OutputFolder): BuiltInTool {
  const declared = files.map(toPattern);
  return {
    tool: writeCrewOutput as unknown as ToolDefinition,
    run: (args) => {
      const { path, content } = args as { readonly path: string; readonly content: string };
      if (!declared.some((pattern) => pattern.test(posix.normalize(path)))) throw createUndeclaredError(path);
      return write(folder, path, content);
    },
  };
}

/** A placeholder matches a name or a part of one. It cannot match a hidden name or a path. */
function toPattern(file: string): RegExp {
  const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const parts = posix
    .normalize(file)
    .split(PLACEHOLDER)
    .filter((_part, index) => index % 2 === 0);
  return new RegExp(`^${parts.map(literal).join('(?:(?<=[^/])[^/\\\\]+|(?<![^/])[^/\\\\.][^/\\\\]*)')}$`);
}

async function write(folder: string, path: string, content: string): Promise<ToolResult> {
  const target = resolve(folder, path);
  if (isAbsolute(path) || /[\\\p{Cc}]/u.test(path) || !isWithin(folder, target))
    throw createOutsideError(path, folder);
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const below = relative(folder, target).split(sep).join('/');
  const parent = await makeWithin(root, dirname(relative(folder, target)), { path, folder });
  const file = join(parent, basename(target));
  await claimFile(join(root, WRITTEN), file, below);
  const draft = join(parent, `.${basename(target)}.${randomUUID()}`);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    // A link with that name is replaced, not followed.
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  const output = { path: below, bytes: Buffer.byteLength(content) };
  return { ok: true, content: JSON.stringify(output), output };
}

/**
 * Records in the list that a file is Baton's, before writing it. An existing file that is not in the list belongs to
 * another owner.
 */
async function claimFile(list: string, file: string, below: string): Promise<void> {
  const lines = await readFile(list, 'utf8').catch(() => '');
  const line = JSON.stringify(below);
  if (lines.split('\n').includes(line)) return;
  const isThere = await lstat(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw createForeignError(below);
  await appendFile(list, `${line}\n`);
}

/** Creates one folder after the other, and checks the real location of each. */
async function makeWithin(
  root: string,
  folders: string,
  of: { readonly path: string; readonly folder: string },
): Promise<string> {
  let at = root;
  for (const name of folders === '.' ? [] : folders.split(sep)) {
    await mkdir(join(at, name), { recursive: true });
    at = await realpath(join(at, name));
    if (!isWithin(root, at)) throw createOutsideError(of.path, of.folder);
  }
  return at;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function createUndeclaredError(path: string): BatonError {
  return createToolError(
    `No task of a crew of this worker declares ${JSON.stringify(path)} as its outputFile. Nothing was written.`,
    { path },
  );
}

function createForeignError(path: string): BatonError {
  return createToolError(
    `${JSON.stringify(path)} is there already, and Baton has not written it. Nothing was written: move that file away, or name another outputFile.`,
    { path },
  );
}

function createOutsideError(path: string, folder: string): BatonError {
  return createToolError(
    `The file ${JSON.stringify(path)} is not below the folder for outputs, ${folder}. Nothing was written: name a file below it, without ".." and control characters.`,
    { path, folder },
  );
}
