/** Binds a tool's definition to the code that carries it out. */
import type { ToolDefinition, ToolEffect } from '../../contracts/definitions/tool.js';

/** A tool's information about its call. */
export interface ToolContext {
  /**
   * The same for every attempt of one call, also after a reset. Pass it to the API so that it recognizes a repeat. 32 hex
   * characters.
   */
  readonly idempotencyKey: string;
  /** Aborts when the run is cancelled, the time is up, or the worker shuts down. */
  readonly signal: AbortSignal;
  /** The agent that requested the call. */
  readonly agent: string;
  /**
   * Reports the call's progress to people who watch the run, e.g. "indexing 1,234 of 5,678 files". They see the latest text
   * within seconds; it is not written to the history.
   */
  readonly progress: (text: string) => void;
}

/** A tool together with its code, as {@link implement} makes it. */
export interface ToolImplementation {
  readonly tool: ToolDefinition;
  readonly run: (args: unknown, context: ToolContext) => Promise<unknown>;
}

/**
 * Implements a tool.
 *
 * The caller gets an error from the body as text. Throw a {@link NotDone} from an irreversible tool when nothing happened,
 * since any other error leaves its outcome unknown.
 */
export function implement<Name extends string, In, Out, Effect extends ToolEffect>(
  tool: ToolDefinition<Name, In, Out, Effect>,
  run: (args: In, context: ToolContext) => Promise<Out> | Out,
): ToolImplementation {
  return {
    tool: tool as unknown as ToolDefinition,
    run: async (args, context) => run(args as In, context),
  };
}

/**
 * A tool throws this to report that nothing happened. The caller learns of it at once. With `retry`, when another attempt
 * may help, the caller learns of it after the third attempt.
 */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  readonly retry: boolean;

  constructor(message: string, options: ErrorOptions & { readonly retry?: boolean } = {}) {
    super(message, options);
    this.retry = options.retry ?? false;
  }
}
