/**
 * Serves for `baton dev`: when a source file of the project changes, a worker with the new code replaces the
 * old one. The old worker ends only after the new one polls, so a change that does not load interrupts
 * nothing.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import { BatonError } from '../../contracts/errors.js';
import { defined } from '../../contracts/data/defined.js';
import type { LoadedConfig } from '../../worker/load-config.js';
import type { Hosting } from './serve.js';
import type { Globals, Session } from '../session/session.js';
import { runInterruptibly } from '../terminal/interruption.js';
import { pluralize } from '../../client/text/plural.js';
import { printServed } from './serve-until-interrupted.js';
import { WorkerProcess } from './worker-process.js';

/** Groups the writes of an editor that saves several files, or one file in two steps. */
const SETTLES_AFTER_MS = 150;
const SOURCE = /\.[cm]?[jt]sx?$/;
const NOT_OURS = new Set(['node_modules', 'dist', 'outbox', 'outputs']);

export interface Reloading {
  readonly file: string | undefined;
  readonly config: LoadedConfig;
  readonly hosting: Hosting;
  readonly inbox: string;
}

export async function serveReloading(session: Session, wish: Reloading): Promise<void> {
  const { screen } = session;
  const args = listWorkerArguments(session.globals, wish);
  await runInterruptibly(async (signal) => {
    const first = new WorkerProcess(args);
    const { webUi = wish.hosting.server.uiUrl, ...served } = await first.serves();
    const whole = { ...served, ...defined({ webUi }), inbox: wish.inbox };
    printServed(screen, whole, wish.config);
    screen.document('serving', whole);
    const reloader = new Reloader(session, args, first);
    const stopWatching = watchSources(findFolder(wish.file), (files) => reloader.reload(files));
    signal.addEventListener('abort', () => {
      screen.note(screen.notePalette.quiet('  ending the worker (Ctrl-C again ends it at once)'));
    });
    try {
      await reloader.runUntil(signal);
    } finally {
      await stopWatching();
      await reloader.stop();
    }
  });
}

/** The worker that serves, and its replacement. */
class Reloader {
  private serving: WorkerProcess;
  private changed = new Set<string>();
  private working: Promise<void> | undefined;
  private stopped = false;
  private failed: (error: Error) => void = () => {};
  private readonly session: Session;
  private readonly args: readonly string[];

  constructor(session: Session, args: readonly string[], first: WorkerProcess) {
    this.session = session;
    this.args = args;
    this.serving = first;
  }

  /** Resolves when the signal aborts; rejects when the worker ends unexpectedly. */
  async runUntil(signal: AbortSignal): Promise<void> {
    const failed = new Promise<never>((_, reject) => (this.failed = reject));
    const left = new Promise<void>((leave) => {
      if (signal.aborted) leave();
      signal.addEventListener('abort', () => leave());
    });
    this.observe(this.serving);
    await Promise.race([failed, left]);
  }

  reload(files: readonly string[]): void {
    for (const file of files) this.changed.add(file);
    this.working ??= this.replaceAll().finally(() => (this.working = undefined));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
    await this.serving.stop();
  }

  /** A change during the start of a worker applies to the next worker. */
  private async replaceAll(): Promise<void> {
    while (this.changed.size > 0 && !this.stopped) {
      const files = [...this.changed];
      this.changed = new Set();
      await this.replace(files);
    }
  }

  private async replace(files: readonly string[]): Promise<void> {
    const { screen } = this.session;
    const { notePalette: palette } = screen;
    const what = files.length === 1 ? files[0] : pluralize(files.length, 'file');
    screen.note(palette.quiet(`  ${what} changed: starting a worker with the new code`));
    const next = new WorkerProcess(this.args);
    try {
      const { workflows } = await next.serves();
      const last = this.serving;
      this.serving = next;
      this.observe(next);
      await last.stop();
      screen.note(`${palette.good('●')} Reloaded. Workflows: ${workflows.join(', ')}`);
    } catch (error) {
      await next.stop();
      if (this.stopped) return;
      const why = error instanceof BatonError ? `${error.message} [${error.code}]` : String(error);
      screen.note(
        `${palette.bad('✗')} The new code does not load: ${why}`,
        palette.quiet('  The worker with the old code keeps serving. Save a fix to try again.'),
      );
    }
  }

  private observe(worker: WorkerProcess): void {
    void worker.ended.then(
      (how) => {
        if (worker === this.serving && !this.stopped)
          this.failed(
            new BatonError('STEP_FAILED', `The worker ended unexpectedly (${how}). Start baton dev again.`),
          );
      },
      (error: unknown) => this.failed(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

/** Selects the same server, whether it was named or belongs to this folder. */
function listWorkerArguments(
  { address, namespace, profile, verbose }: Globals,
  { file, hosting: { embedded, server } }: Reloading,
): string[] {
  const target = embedded
    ? { address: server.address, namespace: server.namespace }
    : { address, namespace, profile };
  return [
    ...(file === undefined ? [] : [file]),
    ...Object.entries(target).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(verbose ? ['--verbose'] : []),
  ];
}

const findFolder = (file: string | undefined): string =>
  file === undefined ? process.cwd() : dirname(resolve(file));

/** Reports changed source files, as paths relative to the folder. Returns the function that stops watching. */
function watchSources(folder: string, tell: (files: readonly string[]) => void): () => Promise<void> {
  const isOurs = (path: string): boolean =>
    !relative(folder, path)
      .split(sep)
      .some((part) => NOT_OURS.has(part) || (part.startsWith('.') && part !== '.' && part !== '..'));
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path, stats) => !isOurs(path) || (stats?.isFile() === true && !SOURCE.test(path)),
  });
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_event, path) => {
    if (!SOURCE.test(path)) return;
    changed.add(relative(folder, path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...changed];
      changed.clear();
      tell(files);
    }, SETTLES_AFTER_MS);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
