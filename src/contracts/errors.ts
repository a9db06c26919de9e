/**
 * Every failure a user can meet, in one table: its code, whether a retry can help, the exit code of the CLI, and
 * what it means. `docs/errors.md` has a section for each.
 */
export interface ErrorEntry {
  /** Whether Temporal may try the same thing again. */
  readonly retryable: boolean;
  /** The CLI's exit code: 1 the run failed, 2 bad usage or input, 3 engine unreachable, 4 decision refused, 5 no worker. */
  readonly exitCode: 1 | 2 | 3 | 4 | 5;
  readonly means: string;
}

/** The table itself; the keys are part of what is versioned. */
export const ERRORS = {
  // What a caller gave
  BAD_INPUT: { retryable: false, exitCode: 2, means: 'An input does not fit its schema, or is not JSON.' },
  BAD_DEFINITION: {
    retryable: false,
    exitCode: 2,
    means: 'An agent, tool, contract or team is defined wrongly.',
  },
  BAD_CONFIG: {
    retryable: false,
    exitCode: 2,
    means: 'The configuration cannot be loaded or is incomplete.',
  },
  BAD_USAGE: { retryable: false, exitCode: 2, means: 'The command line is not understood.' },
  UNKNOWN_RUN: { retryable: false, exitCode: 2, means: 'No run has this id in the namespace.' },
  UNKNOWN_WORKFLOW: { retryable: false, exitCode: 2, means: 'The worker has no workflow of this type.' },
  RUN_EXISTS: { retryable: false, exitCode: 2, means: 'A run with this id is open already.' },
  // What an orchestration did
  CONTROL_MOVED: {
    retryable: false,
    exitCode: 1,
    means: 'A verb was used after control had moved, or a handoff was not returned.',
  },
  UNKNOWN_AGENT: {
    retryable: false,
    exitCode: 1,
    means: 'The agent is not known to the team or to the worker.',
  },
  UNKNOWN_TOOL: { retryable: false, exitCode: 1, means: 'The tool has no implementation on the worker.' },
  STEP_BUDGET: {
    retryable: false,
    exitCode: 1,
    means: 'The orchestration used up its declared number of steps.',
  },
  BUDGET_EXCEEDED: {
    retryable: false,
    exitCode: 1,
    means: 'A run or a task used up a budget: depth, turns, tokens, cost or wall time.',
  },
  HANDOFF_LIMIT: {
    retryable: false,
    exitCode: 1,
    means: "A task took a transition more often than the contract's limit allows.",
  },
  HANDOFF_LOOP: {
    retryable: false,
    exitCode: 1,
    means: 'A task went in a circle in which nothing new was found out.',
  },
  PERMISSION_DENIED: {
    retryable: false,
    exitCode: 1,
    means: 'A tool was to be called without the permission that it needs.',
  },
  CONTRACT_VIOLATED: {
    retryable: false,
    exitCode: 1,
    means: 'What was handed over does not fit the contract, and its sender could not mend it.',
  },
  CONTRACT_VERSION: {
    retryable: false,
    exitCode: 1,
    means: 'The receiver’s worker has the contract in another version only.',
  },
  CONTEXT_TOO_LARGE: {
    retryable: false,
    exitCode: 1,
    means: 'What must travel does not fit into the receiver’s context.',
  },
  HANDOFF_DECLINED: {
    retryable: false,
    exitCode: 1,
    means: 'The receiver declined the task, and nobody else is declared for it.',
  },
  HANDOFF_UNCLEAR: {
    retryable: false,
    exitCode: 1,
    means: 'The receiver still asked after two rounds of clarification.',
  },
  HANDOFF_MISROUTED: {
    retryable: false,
    exitCode: 1,
    means: 'The receiver named somebody better, who cannot or would not have the task either.',
  },
  STEP_FAILED: {
    retryable: false,
    exitCode: 1,
    means: 'A step failed as often as it may, for a reason that has no code of its own.',
  },
  TERMINATED: {
    retryable: false,
    exitCode: 1,
    means: 'Somebody ended the run by force, or its time was up.',
  },
  ORCHESTRATION_HELD: {
    retryable: true,
    exitCode: 1,
    means: 'The code of the orchestration throws; the run waits for a worker with a mended one.',
  },
  CANCELLED: { retryable: false, exitCode: 1, means: 'The run was cancelled.' },
  // What an agent did
  OUTPUT_INVALID: {
    retryable: false,
    exitCode: 1,
    means: 'An agent gave no usable answer in its first turn and two repair turns.',
  },
  TURN_LIMIT: {
    retryable: false,
    exitCode: 1,
    means: 'An agent did not finish within its declared number of turns.',
  },
  // What a model or its provider did
  MODEL_NOT_CONFIGURED: {
    retryable: false,
    exitCode: 2,
    means: 'An agent names a model that the configuration lacks, or a provider lacks its settings.',
  },
  MODEL_UNAVAILABLE: {
    retryable: true,
    exitCode: 1,
    means: 'The provider did not answer, or answered 408, 409 or 5xx.',
  },
  MODEL_RATE_LIMITED: { retryable: true, exitCode: 1, means: 'The provider answered 429.' },
  MODEL_REQUEST_REJECTED: {
    retryable: false,
    exitCode: 1,
    means: 'The provider refuses the request itself (4xx).',
  },
  MODEL_UNAUTHORIZED: {
    retryable: false,
    exitCode: 1,
    means: 'The provider refuses the credentials (401 or 403).',
  },
  MODEL_REFUSED: {
    retryable: false,
    exitCode: 1,
    means: 'The model refused, or a content filter stopped the answer.',
  },
  // What a tool did
  TOOL_FAILED: { retryable: false, exitCode: 1, means: 'A tool failed.' },
  // What a person decided, or did not
  REJECTED: { retryable: false, exitCode: 1, means: 'A person rejected what was asked.' },
  APPROVAL_EXPIRED: {
    retryable: false,
    exitCode: 1,
    means: 'Nobody decided before the deadline; nothing was done.',
  },
  ABORTED: { retryable: false, exitCode: 1, means: 'A person ended the run instead of deciding.' },
  DECISION_MALFORMED: { retryable: false, exitCode: 4, means: 'A decision does not have the shape of one.' },
  DECISION_INVALID: {
    retryable: false,
    exitCode: 4,
    means: 'The edited arguments, or the answer, do not fit their schema.',
  },
  DECISION_UNPROVEN: {
    retryable: false,
    exitCode: 4,
    means:
      'It is not proven that somebody decided who may: the signature, the key, the role or the requester.',
  },
  UNKNOWN_REQUEST: { retryable: false, exitCode: 4, means: 'The run has no request with this id.' },
  ALREADY_DECIDED: {
    retryable: false,
    exitCode: 4,
    means: 'The request has been decided already, or has expired.',
  },
  OPTION_NOT_OFFERED: { retryable: false, exitCode: 4, means: 'The request does not offer this option.' },
  REQUEST_CHANGED: {
    retryable: false,
    exitCode: 4,
    means: 'The action was edited after it was shown; look again before deciding.',
  },
  DIGEST_MISMATCH: {
    retryable: false,
    exitCode: 4,
    means: 'What is shown of a request does not give the digest that a decision is bound to.',
  },
  RUN_CLOSED: { retryable: false, exitCode: 4, means: 'The run has ended and takes no decision.' },
  // What people were told
  NOTICE_NOT_TAKEN: { retryable: true, exitCode: 1, means: 'A notice of a request was not taken.' },
  // Who is at the inbox page
  SIGN_IN_REFUSED: {
    retryable: false,
    exitCode: 2,
    means: 'A link of the inbox page is used up or too old, or a token does not say who somebody is.',
  },
  FORM_REFUSED: {
    retryable: false,
    exitCode: 2,
    means: 'What was sent to the inbox page did not come from its own form.',
  },
  // What the surroundings did
  ENGINE_UNREACHABLE: { retryable: true, exitCode: 3, means: 'No Temporal server answers at the address.' },
  ENGINE_NOT_FOUND: {
    retryable: false,
    exitCode: 3,
    means: 'No Temporal dev server was found, and none could be installed.',
  },
  ENGINE_FAILED: { retryable: false, exitCode: 3, means: 'The Temporal dev server did not start.' },
  SEARCH_ATTRIBUTES_MISSING: {
    retryable: false,
    exitCode: 3,
    means: 'The namespace lacks search attributes that Baton writes, and they could not be registered.',
  },
  NO_WORKER: { retryable: true, exitCode: 5, means: 'No worker answers on the task queue.' },
  STORE_UNAVAILABLE: { retryable: true, exitCode: 1, means: 'The store cannot be opened or written.' },
  STORE_MISSING: { retryable: false, exitCode: 1, means: 'The store lacks a record that the run refers to.' },
} as const satisfies Record<string, ErrorEntry>;

/** A failure code: the `type` of an `ApplicationFailure` in Temporal, `code` of a {@link BatonError} and of `--json`. */
export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(code: string | undefined | null): code is ErrorCode {
  return code !== undefined && code !== null && Object.hasOwn(ERRORS, code);
}

/**
 * A failure with a code. The message says what happened, to which id, and what to do; the facts are the same as
 * data.
 */
export class BatonError extends Error {
  override readonly name = 'BatonError';
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.facts = facts;
  }
}
