/** Opens JSON in the person's editor. */
import { toVisibleJson } from '../../client/text/exact-text.js';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createUsageError, createInputError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';

const readEditor = (): string => process.env['VISUAL'] ?? process.env['EDITOR'] ?? '';

/** Whether the person has named an editor. */
export function hasEditor(): boolean {
  return readEditor().trim() !== '';
}

/**
 * Opens the value in `$VISUAL`, else in `$EDITOR`, and returns the saved value.
 *
 * @throws {BatonError} `BAD_USAGE` when no editor is set or it cannot be run; `BAD_INPUT` when the saved text
 * is not JSON.
 */
export async function editInEditor(value: Json): Promise<Json> {
  const editor = readEditor();
  if (!hasEditor()) {
    throw createUsageError('No editor is named: set VISUAL or EDITOR, or give --args.');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-edit-'));
  const file = path.join(folder, 'args.json');
  try {
    await writeFile(file, `${toVisibleJson(value)}\n`, { mode: 0o600 });
    await edit(editor, file);
    return parse(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As in git, the setting is a command line to which the file is appended. */
async function edit(editor: string, file: string): Promise<void> {
  const child = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`),
    );
  });
  if (problem !== undefined) {
    throw createUsageError(`The editor (${editor}) did not do its work: ${problem}. Nothing was changed.`);
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw createInputError(
      `The text is not JSON: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
      {},
      error,
    );
  }
}
