/** A worker in its own process, so that another one can replace it when the code changes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BatonError, isErrorCode } from '../../contracts/errors.js';
import { ServingDocument } from '../../schemas/documents/engine.js';

/** Relative to `dist/src/cli/serve`. */
const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** Set for a worker that must end together with the process that started it. */
export const SUPERVISED = 'BATON_SUPERVISED';

const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export class WorkerProcess {
  /** Resolves with the exit code, or with the name of the signal that ended the process. */
  readonly ended: Promise<number | string>;
  private readonly child: ChildProcess;
  private stdout = '';

  /** @param args - the arguments of `baton worker`. */
  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [...process.execArgv, MAIN, 'worker', ...args, '--json'], {
      // The worker ends when its standard input closes, which also happens when this process is killed.
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, [SUPERVISED]: '1' },
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
    });
    this.ended.catch(() => {});
  }

  /**
   * Resolves with what the worker serves, as soon as it polls.
   *
   * @throws {BatonError} with the code and the message of the worker's error.
   */
  async serves(): Promise<z.infer<typeof ServingDocument>> {
    const served = new Promise<z.infer<typeof ServingDocument>>((resolve) => {
      this.child.stdout?.on('data', (data: Buffer) => {
        this.stdout += data.toString();
        const document = ServingDocument.safeParse(parseJson(this.stdout)).data;
        if (document !== undefined) resolve(document);
      });
    });
    const failed = this.ended.then((how) => {
      const refusal = Refusal.safeParse(parseJson(this.stdout)).data?.error;
      if (refusal !== undefined && isErrorCode(refusal.code))
        throw new BatonError(refusal.code, refusal.message);
      throw new BatonError('BAD_CONFIG', refusal?.message ?? `The worker ended with ${how}.`);
    });
    return Promise.race([served, failed]);
  }

  /** Shuts the worker down in order. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.ended.catch(() => {});
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
