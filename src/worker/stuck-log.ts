/**
 * Reports each stuck run once, because the server retries it without end and each attempt would add a line. Temporal's
 * native core knows only the execution, so the server is asked for the run's id.
 */
import type { NativeConnection } from '@temporalio/worker';
import { nameCommand } from '../project/command-name.js';

/** The core's messages about a run whose code throws, does not match its history, or is missing. */
const CORE = [
  'Failing workflow task',
  'Failing legacy query request',
  'Failing workflow due to nondeterminism error',
];
const NOT_THERE = 'Failed to process Workflow Activation: Failed to initialize workflow of type';
/** The SDK's message about a run whose code has thrown. */
const THROWN = 'Workflow failed';
/** The server's number for this status. */
const RUNNING = 1;

type Meta = Readonly<Record<string, unknown>> | undefined;

export class StuckLog {
  private readonly told = new Set<string>();
  private readonly sink: (line: string) => void;
  private server: { readonly connection: NativeConnection; readonly namespace: string } | undefined;

  constructor(sink: (line: string) => void) {
    this.sink = sink;
  }

  /** The connection for looking up a run's id. */
  ask(connection: NativeConnection, namespace: string): void {
    this.server = { connection, namespace };
  }

  /** Whether the message was about such a run; then it is reported, or was reported before. */
  takes(message: string, meta: Meta): boolean {
    const { runId, workflowId, error } = meta ?? {};
    // The core logs this failure too when it reports it to the server.
    if (message.startsWith(NOT_THERE)) return true;
    if (CORE.includes(message)) {
      void this.tell(String(runId), undefined, readFailure(meta));
      return true;
    }
    if (message !== THROWN || !(error instanceof Error) || isOutcome(error)) return false;
    void this.tell(String(runId), String(workflowId), error.message);
    return true;
  }

  private async tell(runId: string, workflowId: string | undefined, why: string): Promise<void> {
    const key = `${runId} ${why}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const found = workflowId === undefined ? await this.findWorkflow(runId) : { workflowId, open: true };
    // When the run has ended, only the reply fails, and it is not retried.
    if (found?.open === false) return;
    const id = found?.workflowId ?? `with execution ${runId}`;
    if (why.includes('no such function is exported')) {
      this.sink(
        `WARN Run ${id} is of a workflow that this worker does not export, and waits: ${why}. If it is of another project, give each project its own queue ("taskQueue").`,
      );
      return;
    }
    this.sink(
      `WARN Run ${id} is stuck, because its code fails: ${why}. New runs are not affected. It resumes when a worker has code that fits what it has recorded: fix the code, or restore the code that it began with. Or reset it to a step before the change (docs/errors.md, "Reset a run"), or end it: ${nameCommand(`cancel ${id}`)}`,
    );
  }

  private async findWorkflow(
    runId: string,
  ): Promise<{ readonly workflowId: string; readonly open: boolean } | undefined> {
    if (this.server === undefined) return undefined;
    const { connection, namespace } = this.server;
    try {
      const { executions } = await connection.workflowService.listWorkflowExecutions({
        namespace,
        query: `RunId = '${runId}'`,
      });
      const [found] = executions ?? [];
      const workflowId = found?.execution?.workflowId;
      return workflowId ? { workflowId, open: found?.status === RUNNING } : undefined;
    } catch {
      return undefined;
    }
  }
}

/**
 * A run that ends as failed reports this with one of Temporal's failures. Any other error fails only its workflow task. An
 * error that leaves the workflow's thread has lost its class and its name, but its stack still starts with it.
 */
function isOutcome({ name, stack }: Error): boolean {
  return name.endsWith('Failure') || /^\w*Failure\b/.test(stack ?? '');
}

/** The core prints a failure in Rust's format. */
function readFailure(meta: Meta): string {
  const told = meta?.['failure'];
  const printed = typeof told === 'string' ? /message: ("(?:[^"\\]|\\.)*")/.exec(told)?.[1] : undefined;
  try {
    return printed === undefined ? 'the workflow task fails' : String(JSON.parse(printed));
  } catch {
    return printed ?? '';
  }
}
