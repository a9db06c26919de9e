/**
 * Writes the outputs of crews into files: those that the crews of this worker declare, within one folder of their own, and
 * never over a file that was not written by this. No path leads out of the folder, through links neither.
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

/** Which files have been written here, a path a line; beside them, as it must survive what they survive. */
const WRITTEN = '.baton-written';

export interface OutputFolder {
  /** Absolute. */
  readonly folder: string;
  /** What the tasks of crews declare, below the folder; may hold placeholders. */
  readonly files: readonly string[];
}

/** The tool. A file that it has written is replaced, whole or not at all. */
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

/** A placeholder stands for a name, or a part of one, that is not hidden and is no path. */
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
  if (isAbsolute(path) || path.includes('\0') || path.includes('\\') || !isWithin(folder, target))
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
    // A link of that name is replaced, and not followed.
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  const output = { path: below, bytes: Buffer.byteLength(content) };
  return { ok: true, content: JSON.stringify(output), output };
}

/** Says in the list, before it is written, that a file is Baton's; one that is there and is not in it is somebody's. */
async function claimFile(list: string, file: string, below: string): Promise<void> {
  const lines = await readFile(list, 'utf8').catch(() => '');
  if (lines.split('\n').includes(below)) return;
  const isThere = await lstat(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw createForeignError(below);
  await appendFile(list, `${below}\n`);
}

/** Makes folder after folder, and looks where each one really is. */
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
    `The file ${JSON.stringify(path)} is not below the folder for outputs, ${folder}. Nothing was written: name a file below it, without "..".`,
    { path, folder },
  );
}
