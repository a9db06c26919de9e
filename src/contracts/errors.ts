/**
 * Every failure a user can see, in one table: its code, whether a retry can help, the exit code of the CLI, and the
 * meaning. `docs/errors.md` has a section for each.
 */
export interface ErrorEntry {
  /** Whether Temporal may retry the same operation. */
  readonly retryable: boolean;
  /**
   * The CLI's exit code: 1 the run failed, 2 bad usage or input, 3 engine unreachable, 4 decision refused, 5 no worker.
   */
  readonly exitCode: 1 | 2 | 3 | 4 | 5;
  readonly means: string;
}

type Row<Exit> = Omit<ErrorEntry, 'exitCode'> & { readonly exitCode: Exit };

function stop<Exit extends ErrorEntry['exitCode']>(exitCode: Exit, means: string): Row<Exit> {
  return { retryable: false, exitCode, means };
}

function retry<Exit extends ErrorEntry['exitCode']>(exitCode: Exit, means: string): Row<Exit> {
  return { retryable: true, exitCode, means };
}

/** The table of errors. Its keys are part of the versioned API. */
export const ERRORS = {
  // From callers
  BAD_INPUT: stop(2, 'An input does not fit its schema, or is not JSON.'),
  BAD_DEFINITION: stop(2, 'An agent, tool, contract or team is defined wrongly.'),
  BAD_CONFIG: stop(2, 'The configuration cannot be loaded or is incomplete.'),
  BAD_USAGE: stop(2, 'The command line is not understood.'),
  UNKNOWN_RUN: stop(2, 'No run has this id in the namespace.'),
  UNKNOWN_WORKFLOW: stop(2, 'The worker has no workflow of this type.'),
  RUN_EXISTS: stop(2, 'A run with this id is open already.'),
  // From orchestrations
  CONTROL_MOVED: stop(1, 'A verb was used after control had moved, or a handoff was not returned.'),
  NOT_AWAITED: stop(1, 'The orchestration ended, or read a verb, without awaiting it.'),
  UNKNOWN_AGENT: stop(1, 'The agent is not known to the team or to the worker.'),
  UNKNOWN_TOOL: stop(1, 'The tool has no implementation on the worker.'),
  STEP_BUDGET: stop(1, 'The orchestration exceeded its declared number of steps.'),
  BUDGET_EXCEEDED: stop(1, 'A run or a task exhausted a budget: depth, turns, tokens, cost or wall time.'),
  HANDOFF_LIMIT: stop(1, "A task took a transition more often than the contract's limit allows."),
  HANDOFF_LOOP: stop(1, 'A task went in a circle without new findings.'),
  PERMISSION_DENIED: stop(1, 'A tool was to be called without the permission that it needs.'),
  CONTRACT_VIOLATED: stop(1, 'The payload does not fit the contract, and its sender could not fix it.'),
  CONTRACT_VERSION: stop(1, 'The receiver’s worker has the contract in another version only.'),
  PAYLOAD_TOO_LARGE: stop(1, 'A value is larger than Temporal takes in one piece.'),
  CONTEXT_TOO_LARGE: stop(1, 'The required context does not fit the receiver’s limit.'),
  HANDOFF_DECLINED: stop(1, 'The receiver declined the task, and no other receiver is declared.'),
  HANDOFF_UNCLEAR: stop(1, 'The receiver still asked after two rounds of clarification.'),
  HANDOFF_MISROUTED: stop(
    1,
    'The receiver named somebody better, who cannot or would not have the task either.',
  ),
  STEP_FAILED: stop(1, 'A step failed as often as it may, for a reason without a specific code.'),
  TERMINATED: stop(1, 'The run was terminated, or it timed out.'),
  ORCHESTRATION_HELD: retry(1, 'The workflow code fails. The run waits for a worker with fixed code.'),
  CANCELLED: stop(1, 'The run was cancelled.'),
  // From agents
  OUTPUT_INVALID: stop(1, 'An agent gave no usable answer in its first turn and two repair turns.'),
  TURN_LIMIT: stop(1, 'An agent did not finish within its declared number of turns.'),
  // From models and providers
  MODEL_NOT_CONFIGURED: stop(
    2,
    'An agent names a model that the configuration lacks, or a provider lacks its settings.',
  ),
  MODEL_UNAVAILABLE: retry(1, 'The provider did not answer, or answered 408, 409 or 5xx.'),
  MODEL_RATE_LIMITED: retry(1, 'The provider answered 429.'),
  PROVIDER_MISSING: retry(1, 'The run began with a provider, and the worker has offline models only.'),
  MODEL_REQUEST_REJECTED: stop(1, 'The provider refuses the request itself (4xx).'),
  MODEL_UNAUTHORIZED: retry(1, 'The provider refuses the credentials (401 or 403).'),
  MODEL_NOT_FOUND: retry(1, 'The provider has no such model, or no such address (404).'),
  MODEL_QUOTA_EXHAUSTED: retry(1, 'The credit with the provider is exhausted (402, or insufficient_quota).'),
  MODEL_REFUSED: stop(1, 'The model refused, or a content filter stopped the answer.'),
  // From tools
  TOOL_FAILED: stop(1, 'A tool failed.'),
  // From decisions, and from requests without one
  REJECTED: stop(1, 'A person rejected what was asked.'),
  APPROVAL_EXPIRED: stop(1, 'No approver decided before the deadline. Nothing was done.'),
  ABORTED: stop(1, 'A person ended the run instead of deciding.'),
  DECISION_MALFORMED: stop(4, 'A decision has an invalid shape.'),
  DECISION_INVALID: stop(4, 'The edited arguments, or the answer, do not fit their schema.'),
  DECISION_UNPROVEN: stop(
    4,
    'The approver is not proven or not eligible: the signature, the key, the role or the requester.',
  ),
  UNKNOWN_REQUEST: stop(4, 'The run has no request with this id.'),
  ALREADY_DECIDED: stop(4, 'The request was already decided, or it expired.'),
  OPTION_NOT_OFFERED: stop(4, 'The request does not offer this option.'),
  REQUEST_CHANGED: stop(4, 'The action was edited after it was shown; look again before deciding.'),
  DIGEST_MISMATCH: stop(
    4,
    'The digest of the shown request differs from the digest that the decision names.',
  ),
  RUN_CLOSED: stop(4, 'The run has ended and does not accept decisions.'),
  // From notices
  NOTICE_NOT_TAKEN: retry(1, 'A notice of a request was not accepted.'),
  // From the sign-in at the inbox
  SIGN_IN_REFUSED: stop(
    2,
    'A link of the inbox page was used already or is too old, or a token does not identify a person.',
  ),
  READING_REFUSED: stop(4, 'The person is not allowed to read this on the inbox page.'),
  FORM_REFUSED: stop(2, 'A form did not come from the inbox page.'),
  // From the environment
  ENGINE_UNREACHABLE: retry(3, 'No Temporal server answers at the address.'),
  ENGINE_NOT_FOUND: stop(3, 'No Temporal dev server was found, and none could be installed.'),
  ENGINE_FAILED: stop(3, 'The Temporal dev server did not start.'),
  SEARCH_ATTRIBUTES_MISSING: stop(
    3,
    'The namespace lacks search attributes that Baton writes, and they could not be registered.',
  ),
  NO_WORKER: retry(5, 'No worker is available on the task queue.'),
  STORE_UNAVAILABLE: retry(1, 'The store cannot be opened, read or written.'),
  STORE_MISMATCH: retry(1, 'The worker has another store than the run.'),
  STORE_MISSING: stop(1, 'The store lacks a record that the run refers to.'),
} satisfies Record<string, ErrorEntry>;

/**
 * Waiting doesn't fix these failures, but a person can. A step that fails with one of them stays pending, visible to
 * everyone, until someone corrects the cause or cancels the run. So an expired key fails no run.
 */
const HELD: readonly ErrorCode[] = [
  'MODEL_UNAUTHORIZED',
  'MODEL_NOT_FOUND',
  'MODEL_QUOTA_EXHAUSTED',
  'STORE_MISMATCH',
  'PROVIDER_MISSING',
];

export function isHeld(code: string | undefined | null): boolean {
  return isErrorCode(code) && HELD.includes(code);
}

/**
 * A failure code: the `type` of an `ApplicationFailure` in Temporal, `code` of a {@link BatonError} and of `--json`.
 */
export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(code: string | undefined | null): code is ErrorCode {
  return code !== undefined && code !== null && Object.hasOwn(ERRORS, code);
}

/**
 * A failure with a code. The message says what happened, names the id, and says what to do. The facts hold the same as
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

type CreateError = (
  message: string,
  facts?: Readonly<Record<string, unknown>>,
  cause?: unknown,
) => BatonError;

function createErrorOf(code: ErrorCode): CreateError {
  return (message, facts, cause) =>
    new BatonError(code, message, facts, cause === undefined ? undefined : { cause });
}

/** For an invalid definition. */
export const createDefinitionError = createErrorOf('BAD_DEFINITION');
/** For an invalid configuration. */
export const createConfigError = createErrorOf('BAD_CONFIG');
/** For an invalid command line. */
export const createUsageError = createErrorOf('BAD_USAGE');
/** For an invalid input. */
export const createInputError = createErrorOf('BAD_INPUT');
/** For an agent's answer, or a result, that does not fit its schema. */
export const createOutputError = createErrorOf('OUTPUT_INVALID');
/** For a model that is not configured. */
export const createNoModelError = createErrorOf('MODEL_NOT_CONFIGURED');
/** For an unknown request. */
export const createUnknownRequestError = createErrorOf('UNKNOWN_REQUEST');
/** For a rejection by a person. */
export const createRejectionError = createErrorOf('REJECTED');
/** For a verb after control has moved. */
export const createControlMovedError = createErrorOf('CONTROL_MOVED');
/** For a tool that fails. */
export const createToolError = createErrorOf('TOOL_FAILED');
/** For a missing permission. */
export const createDeniedError = createErrorOf('PERMISSION_DENIED');
/** For a run that has ended. */
export const createRunClosedError = createErrorOf('RUN_CLOSED');
/** For a dev server that does not start, or stops. */
export const createEngineError = createErrorOf('ENGINE_FAILED');
/** For a server that does not respond. */
export const createUnreachableError = createErrorOf('ENGINE_UNREACHABLE');
