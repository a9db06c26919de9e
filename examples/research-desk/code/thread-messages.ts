/** The messages between a program's thread and the thread that started it. */
import type { Interpreter } from './interpreter.js';
import type { ProgramLimits } from './limits.js';
import type { ProgramOutcome } from './outcome.js';

export interface ThreadTask {
  readonly source: string;
  /** JSON text. */
  readonly input: string;
  readonly limits: ProgramLimits;
  readonly interpreter: Interpreter;
}

export type ThreadMessage =
  /** The time limit starts now. */
  { readonly type: 'started' } | { readonly type: 'ended'; readonly outcome: ProgramOutcome };
