/** A Temporal dev server of a bench's own, with a folder that is gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, startEngine } from '../../src/engine/index.js';
import { progress } from './run-bench.js';

export interface BenchEngine {
  readonly address: string;
  /** For the other files of the bench. */
  readonly folder: string;
  /** For the report. */
  readonly version: string;
}

export async function withEngine<T>(
  preferredPort: number,
  body: (engine: BenchEngine) => Promise<T>,
): Promise<T> {
  const found = await findEngine({ onProgress: progress });
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  try {
    const engine = await startEngine({
      executable: found.path,
      dbFile: join(folder, 'engine.db'),
      logFile: join(folder, 'engine.log'),
      preferredPort,
      headless: true,
    });
    try {
      const version = `Temporal dev server ${found.version}`;
      return await body({ address: engine.address, folder, version });
    } finally {
      await engine.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
