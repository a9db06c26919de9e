/**
 * Starts a keeper as a detached process, and defines the messages between the two: the options, and the
 * reason of a failure.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BatonError, type ERRORS, isErrorCode, createEngineError } from '../../contracts/errors.js';
import type { EngineFiles } from '../server/engine-record.js';
import { z } from 'zod';

export interface LaunchedKeeper {
  /**
   * Undefined while the keeper runs. Afterwards the failure, if any: without one, it left the engine to
   * another keeper.
   */
  outcome(): { readonly failure: BatonError | undefined } | undefined;
  /** Stops waiting for the keeper, so that this process can end. */
  letGo(): void;
}

export function launchKeeper(files: EngineFiles, options: KeeperOptions): LaunchedKeeper {
  const log = openSync(files.log, 'a', 0o600);
  const child = spawn(process.execPath, [resolveKeeperFile(), files.folder, JSON.stringify(options)], {
    // A separate process group, so that Ctrl-C does not reach it. No inherited pipe, so that readers of this
    // process's output see its end.
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    cwd: files.folder,
    windowsHide: true,
  });
  closeSync(log);
  let failure: BatonError | undefined;
  let over = false;
  child.on('message', (message) => {
    const { code, message: text, facts } = KeeperReport.parse(message);
    failure = new BatonError(code, text, facts);
  });
  child.once('error', (error) => {
    over = true;
    failure = createEngineError(`The engine's keeper cannot be run: ${error.message}`, {}, error);
  });
  child.once('close', (code, signal) => {
    over = true;
    if (code !== 0) failure ??= createEndedEarlyError(files, signal ?? `code ${code}`);
  });
  return {
    outcome: () => (over ? { failure } : undefined),
    letGo: () => {
      if (child.connected) child.disconnect();
      child.unref();
    },
  };
}

function createEndedEarlyError({ log }: EngineFiles, how: string): BatonError {
  return createEngineError(`The engine's keeper ended with ${how} before the engine was up. See ${log}.`, {
    log,
  });
}

/** The compiled entry: next to this file, or in `dist` when this file runs as TypeScript. */
function resolveKeeperFile(): string {
  const candidates = ['./keeper.js', '../../../dist/src/engine/keeper/keeper.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file) return file;
  throw createEngineError(`The engine's keeper is not compiled. Run \`npm run build\`.`, {
    candidates,
  });
}

export const KeeperOptions = z.object({
  executable: z.string(),
  /** Applies until the first lease sets another value. */
  lingerSeconds: z.number().nonnegative(),
  port: z.int().optional(),
  headless: z.boolean().optional(),
});
export type KeeperOptions = z.infer<typeof KeeperOptions>;

export const KeeperReport = z.object({
  code: z.custom<keyof typeof ERRORS>((value) => typeof value === 'string' && isErrorCode(value)),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
export type KeeperReport = z.infer<typeof KeeperReport>;
