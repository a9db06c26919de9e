/** Starts a keeper as a detached process, and says what passes between the two: options, and the reason where it fails. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BatonError, type ERRORS, isErrorCode, createEngineError } from '../../contracts/errors.js';
import type { EngineFiles } from '../server/engine-record.js';
import { z } from 'zod';

export interface LaunchedKeeper {
  /** Undefined while it runs; then whether it failed (with the reason) or merely left the engine to another keeper. */
  outcome(): { readonly failure: BatonError | undefined } | undefined;
  /** This process no longer waits for the keeper and may end. */
  letGo(): void;
}

export function launchKeeper(files: EngineFiles, options: KeeperOptions): LaunchedKeeper {
  const log = openSync(files.log, 'a', 0o600);
  const child = spawn(process.execPath, [resolveKeeperFile(), files.folder, JSON.stringify(options)], {
    // Its own group, so that Ctrl-C does not reach it; no pipe of ours, so that who reads our output sees it end.
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

/** The compiled entry: beside this file, or in `dist` when this file is run as TypeScript. */
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
  /** Until the first lease says otherwise. */
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
