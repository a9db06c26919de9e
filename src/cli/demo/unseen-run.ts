/** Remembers, across a kill of the demo, a run whose result nobody has seen yet. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../../contracts/data/canonical-json.js';
import { DATA_DIR } from '../session/session.js';

export class UnseenRun {
  private readonly folder: string;
  private readonly file: string;

  constructor(workflowId: string, dataDir: string = DATA_DIR) {
    this.folder = join(dataDir, 'demo');
    this.file = join(this.folder, digest(workflowId).slice(0, 16));
  }

  /** The id of the run, or undefined when its result was seen, or none was begun. */
  read(): string | undefined {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
  }

  write(runId: string): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.file, runId);
  }

  clear(): void {
    rmSync(this.file, { force: true });
  }
}
