/**
 * Explains errors of workflow code that uses what the sandbox lacks: the network, the environment, Node. Such an error
 * leaves the run stuck until the code is fixed, so it says how.
 */
const ELSEWHERE = 'Do that in a tool, and call the tool with `perform` or give it to an agent';
const NETWORK = `Workflow code has no access to the network. ${ELSEWHERE}`;
const ENVIRONMENT =
  'Workflow code has no access to the environment: after a crash it must run again with the same values. Read variables in baton.config.ts or in a tool, or pass the value in the input of the run';
const NODE = `Workflow code has no access to Node. ${ELSEWHERE}`;

const MISSING: Readonly<Record<string, string>> = {
  fetch: NETWORK,
  Headers: NETWORK,
  Request: NETWORK,
  Response: NETWORK,
  FormData: NETWORK,
  WebSocket: NETWORK,
  EventSource: NETWORK,
  XMLHttpRequest: NETWORK,
  process: ENVIRONMENT,
  Buffer: NODE,
  crypto: `${NODE}. For an id, use \`uuid4\` of @temporalio/workflow`,
  require: NODE,
  __dirname: NODE,
  __filename: NODE,
  performance: `${NODE}. For the time, use Date: in workflow code it is the same in each replay`,
  setImmediate: 'Workflow code has no setImmediate. Use `sleep` of @temporalio/workflow',
  setInterval: 'Workflow code has no setInterval. Use `sleep` of @temporalio/workflow in a loop',
  structuredClone: NODE,
  atob: NODE,
  btoa: NODE,
  Worker: NODE,
  localStorage: NODE,
};

const NOT_DEFINED = /^(\w+) is not defined$/;
const NOT_A_FUNCTION = /^globalThis\.(\w+) is not a (?:function|constructor)$/;

/** The same error; if it is about a missing global, its message says what to use instead. */
export function explainMissingGlobal<T>(error: T): T {
  if (!(error instanceof Error)) return error;
  const name = (NOT_DEFINED.exec(error.message) ?? NOT_A_FUNCTION.exec(error.message))?.[1];
  const advice = name !== undefined && Object.hasOwn(MISSING, name) ? MISSING[name] : undefined;
  if (advice === undefined) return error;
  const { message, stack } = error;
  error.message = `${message}. ${advice}`;
  // The stack begins with the message of the time of the error.
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
