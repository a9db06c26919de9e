/**
 * Errors that other code threw, as bounded data. Code can throw anything: an error that is its own cause, a proxy whose
 * traps throw, a megabyte of text. Temporal's failure conversion follows causes without a limit, so Baton first reads
 * here everything that it did not throw.
 */
import { cutToBytes } from './within-bytes.js';

const MESSAGE_BYTES = 4_096;
const STACK_BYTES = 8_192;
/** How many errors are read: the thrown one, its causes, and the members of an aggregate error. */
const MOST_ERRORS = 6;
/** More than any failure of a run has, even of an activity in a grandchild workflow. */
export const MOST_CAUSES = 12;

interface Told {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** The message of a thrown value, with the messages of its causes that add something. At most 4,096 bytes. */
export function readErrorMessage(thrown: unknown): string {
  return joinMessages(readThrown(thrown));
}

function joinMessages(all: readonly Told[]): string {
  const told: string[] = [];
  for (const { message } of all)
    if (message !== '' && !told.some((each) => each.includes(message))) told.push(message);
  const [first = 'an error without a message', ...causes] = told;
  return cutToBytes(
    causes.length === 0 ? first : `${first} (caused by: ${causes.join('; ')})`,
    MESSAGE_BYTES,
  );
}

/**
 * Returns the thrown value if it is safe to read: an error with a few causes. Otherwise a plain error with its message.
 * Loggers and senders of errors follow causes too, so nothing else leaves the code that threw.
 */
export function toReadable(thrown: unknown): Error {
  try {
    if (thrown instanceof Error && typeof thrown.message === 'string' && hasFewCauses(thrown)) return thrown;
  } catch {
    // A proxy whose traps throw.
  }
  return toPlainError(thrown);
}

function hasFewCauses(thrown: Error): boolean {
  let cause: unknown = thrown;
  for (let depth = 0; depth <= MOST_CAUSES; depth += 1) {
    if (!(cause instanceof Error)) return true;
    cause = cause.cause;
  }
  return false;
}

/** A plain error with the message of a thrown value: no causes, no custom properties, bounded texts. */
export function toPlainError(thrown: unknown): Error {
  const all = readThrown(thrown);
  const [{ name, stack } = { name: 'Error', stack: '' }] = all;
  const error = new Error(joinMessages(all));
  error.name = name;
  error.stack = stack;
  return error;
}

/** The thrown value, then its causes and aggregated errors, breadth first; each once. */
function readThrown(thrown: unknown): Told[] {
  const seen = new Set<unknown>();
  const queue = [thrown];
  const told: Told[] = [];
  while (queue.length > 0 && told.length < MOST_ERRORS) {
    const next = queue.shift();
    if (seen.has(next)) continue;
    seen.add(next);
    told.push(readOne(next));
    const gathered = read(next, 'errors');
    if (isList(gathered)) queue.push(...gathered.slice(0, MOST_ERRORS));
    const cause = read(next, 'cause');
    if (cause !== undefined && cause !== null) queue.push(cause);
  }
  return told;
}

function readOne(thrown: unknown): Told {
  if (typeof thrown !== 'object' || thrown === null)
    return { name: 'Error', message: cutToBytes(String(thrown), MESSAGE_BYTES), stack: '' };
  const message = read(thrown, 'message');
  return {
    name: readText(read(thrown, 'name'), 100) ?? 'Error',
    message: readText(message, MESSAGE_BYTES) ?? cutToBytes(renderThrown(thrown), MESSAGE_BYTES),
    stack: readText(read(thrown, 'stack'), STACK_BYTES) ?? '',
  };
}

/** Reads a property, unless that fails: getters and proxies run code of the thrower. */
function read(value: unknown, property: string): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, property) : undefined;
  } catch {
    return undefined;
  }
}

function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function readText(value: unknown, bytes: number): string | undefined {
  return typeof value === 'string' ? cutToBytes(value, bytes) : undefined;
}

/** Anything but an error, as JSON if possible. */
function renderThrown(thrown: object): string {
  try {
    return JSON.stringify(thrown);
  } catch {
    return 'what was thrown cannot be read';
  }
}
