/** Binds a tool's definition to the code that carries it out. */
import type { ToolDefinition, ToolEffect } from '../../contracts/definitions/tool.js';

/** What a tool knows of the call it carries out. */
export interface ToolContext {
  /**
   * The same for every attempt of one call, also after a reset: give it to the other side, so that it recognises a
   * repeat. 32 hex characters.
   */
  readonly idempotencyKey: string;
  /** Aborts when the run is cancelled, the time is up, or the worker shuts down. */
  readonly signal: AbortSignal;
  /** Who asked for the call. */
  readonly agent: string;
  /**
   * Tells those who watch the run how far the call has come, e.g. "indexing 1,234 of 5,678 files". They see the last
   * word, within seconds; nothing of it stands in the history.
   */
  readonly progress: (text: string) => void;
}

/** A tool together with what it does, as {@link implement} makes it. */
export interface ToolImplementation {
  readonly tool: ToolDefinition;
  readonly run: (args: unknown, context: ToolContext) => Promise<unknown>;
}

/**
 * Implements a tool.
 *
 * An error that the body throws goes back to the caller as text; throw a {@link NotDone} from an irreversible tool
 * when nothing happened, since any other error leaves its outcome unknown.
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
 * Thrown by a tool to say: nothing took place. The caller is told at once; with `retry`, when trying again may help,
 * only after the third attempt.
 */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  readonly retry: boolean;

  constructor(message: string, options: ErrorOptions & { readonly retry?: boolean } = {}) {
    super(message, options);
    this.retry = options.retry ?? false;
  }
}
