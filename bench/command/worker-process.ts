/** A worker as a bench sees it: a child process, so that its processor time and memory are its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Assignment, Order, Reply, Usage } from './protocol.js';

/** More than a worker's process gives itself, so that its profile is written. */
const GRACE_MS = 10_000;

export class WorkerProcess {
  readonly name: string;
  readonly taskQueue: string;
  private readonly child: ChildProcess;

  private constructor(name: string, taskQueue: string, child: ChildProcess) {
    this.name = name;
    this.taskQueue = taskQueue;
    this.child = child;
  }

  /** Starts the process and waits until its worker polls. With a folder, a profile is written there at its end. */
  static async start(
    name: string,
    file: URL,
    assignment: Assignment,
    profileFolder: string | undefined,
  ): Promise<WorkerProcess> {
    const child = fork(fileURLToPath(file), [JSON.stringify(assignment)], {
      execArgv: [
        '--expose-gc',
        ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}/${name}`]),
      ],
      // Standard output is the report's.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const worker = new WorkerProcess(name, assignment.taskQueue, child);
    await worker.next('ready');
    return worker;
  }

  async usage(): Promise<Usage> {
    this.tell('usage');
    const { usage } = await this.next('usage');
    return usage;
  }

  /** Ends the worker as a deploy does, by force where it does not end, and waits until its process is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    if (child.connected) this.tell('stop');
    else child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  }

  private tell(order: Order): void {
    this.child.send(order);
  }

  private next<Kind extends Reply['kind']>(kind: Kind): Promise<Extract<Reply, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const { child, name } = this;
      const onMessage = (message: Reply): void => {
        done();
        if (isKind(message, kind)) resolve(message);
        else reject(new Error(`The worker of ${name} said ${JSON.stringify(message)}.`));
      };
      const onExit = (code: number | null): void => {
        done();
        reject(new Error(`The worker of ${name} ended with code ${code}.`));
      };
      const done = (): void => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
    });
  }
}

function isKind<Kind extends Reply['kind']>(
  message: Reply,
  kind: Kind,
): message is Extract<Reply, { kind: Kind }> {
  return message.kind === kind;
}
