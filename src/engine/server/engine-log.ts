/** The file that takes what the server prints. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** At a start, a log larger than this is set aside as FILE.1, over the one before. */
const KEEP_BYTES = 5_000_000;

export interface EngineLog {
  readonly file: string;
  /** For a child's stdout and stderr. */
  readonly descriptor: number;
  /** What was written since `openLog`, the last LINES lines of it. */
  tail(lines: number): string;
  close(): void;
}

export function openLog(file: string): EngineLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (readSize(file) > KEEP_BYTES) renameSync(file, `${file}.1`);
  const from = readSize(file);
  const descriptor = openSync(file, 'a', 0o600);
  return {
    file,
    descriptor,
    tail: (lines) =>
      readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-lines).join('\n'),
    close: () => closeSync(descriptor),
  };
}

function readSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
