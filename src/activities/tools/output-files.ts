/** Writes the outputs of crews into files, within one folder: no path leads out of it, through links neither. */
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { writeCrewOutput } from '../../contracts/crew/output-file.js';
import { BatonError } from '../../contracts/errors.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import type { BuiltInTool } from './memory-tools.js';
import type { ToolResult } from './tool-result.js';

/** The tool, for a folder given by its absolute path. A file that is there is replaced, whole or not at all. */
export function createOutputFilesTool(folder: string): BuiltInTool {
  return {
    tool: writeCrewOutput as unknown as ToolDefinition,
    run: (args) => {
      const { path, content } = args as { readonly path: string; readonly content: string };
      return write(folder, path, content);
    },
  };
}

async function write(folder: string, path: string, content: string): Promise<ToolResult> {
  const target = resolve(folder, path);
  if (isAbsolute(path) || path.includes('\0') || path.includes('\\') || !isWithin(folder, target))
    throw createOutsideError(path, folder);
  await mkdir(folder, { recursive: true });
  const parent = await makeWithin(await realpath(folder), dirname(relative(folder, target)), {
    path,
    folder,
  });
  const file = join(parent, basename(target));
  const draft = join(parent, `.${basename(target)}.${randomUUID()}`);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    // A link of that name is replaced, and not followed.
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  const output = { path: relative(folder, target).split(sep).join('/'), bytes: Buffer.byteLength(content) };
  return { ok: true, content: JSON.stringify(output), output };
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

function createOutsideError(path: string, folder: string): BatonError {
  return new BatonError(
    'TOOL_FAILED',
    `The file ${JSON.stringify(path)} is not below the folder for outputs, ${folder}. Nothing was written: name a file below it, without "..".`,
    { path, folder },
  );
}
