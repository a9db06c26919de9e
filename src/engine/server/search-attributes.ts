/** Registers Baton's search attributes in a namespace, because starting a run with an unknown one fails. */
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { BatonError } from '../../contracts/errors.js';
import { SEARCH_ATTRIBUTES } from '../../contracts/wire/wire.js';

/** The parts of a connection that are used here. */
type Services = Pick<Connection, 'workflowService' | 'operatorService'>;

export interface SearchAttribute {
  readonly name: string;
  readonly type: string;
}

export interface SearchAttributeState {
  readonly missing: readonly Wanted[];
  /** Registered under the same name with another type: `type` is Baton's, `found` is the namespace's. */
  readonly conflicting: readonly (SearchAttribute & { readonly found: string })[];
}

const ValueType = proto.temporal.api.enums.v1.IndexedValueType;
const TYPES = {
  Keyword: ValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: ValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Datetime: ValueType.INDEXED_VALUE_TYPE_DATETIME,
};
const WANTED = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => ({ name, type }));
type Wanted = (typeof WANTED)[number];

const GRPC = { INVALID_ARGUMENT: 3, ALREADY_EXISTS: 6, PERMISSION_DENIED: 7, UNIMPLEMENTED: 12 } as const;

/**
 * Ensures that the namespace has all of Baton's search attributes and accepts them in queries. Changes
 * nothing if they are registered. Safe to call from several processes.
 * @throws BatonError SEARCH_ATTRIBUTES_MISSING when the server does not allow this caller to register them
 * (Temporal Cloud), or when one has another type. It names each missing attribute, its type, and the command
 * that registers it.
 */
export async function ensureSearchAttributes(
  connection: Services,
  namespace: string,
  timeoutMs = 30_000,
): Promise<void> {
  const { missing, conflicting } = await examineSearchAttributes(connection, namespace);
  if (conflicting.length > 0) throw createConflictError(namespace, conflicting);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type]])),
    });
  } catch (error) {
    if (isForbidden(error))
      throw createMissingError(namespace, missing, 'and this caller may not register them', error);
    // Another process registered one of them at the same time. The wait below checks whether the rest exists.
    if (!hasCode(error, GRPC.ALREADY_EXISTS)) throw error;
  }
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    // A listed attribute is not enough: the frontend looks up names in a cache of the namespace, which lags
    // behind.
    const unseen = await findRejectedInQueries(connection, namespace);
    if (unseen.length === 0) return;
    if (performance.now() > deadline) {
      throw createMissingError(
        namespace,
        unseen,
        `and they did not appear within ${timeoutMs / 1000} s of being registered`,
      );
    }
    await delay(100);
  }
}

/** Finds which of Baton's search attributes the namespace lacks. Changes nothing. */
export async function examineSearchAttributes(
  connection: Services,
  namespace: string,
): Promise<SearchAttributeState> {
  let found: Record<string, number>;
  try {
    found = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
  } catch (error) {
    if (!isForbidden(error)) throw error;
    // Temporal Cloud does not publish the list, but the result of a query shows whether it knows an
    // attribute.
    return { missing: await findRejectedInQueries(connection, namespace), conflicting: [] };
  }
  const conflicting = WANTED.flatMap(({ name, type }) => {
    const code = found[name];
    return code === undefined || code === TYPES[type] ? [] : [{ name, type, found: toTypeName(code) }];
  });
  return { missing: WANTED.filter(({ name }) => found[name] === undefined), conflicting };
}

/** The commands that register ATTRIBUTES. */
export function listRegistrationCommands(
  namespace: string,
  attributes: readonly SearchAttribute[],
): string[] {
  return attributes.map(
    ({ name, type }) =>
      `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${type}`,
  );
}

async function findRejectedInQueries(connection: Services, namespace: string): Promise<Wanted[]> {
  const rejected: Wanted[] = [];
  for (const wanted of WANTED) {
    const value = wanted.type === 'Datetime' ? '2000-01-01T00:00:00Z' : 'none';
    try {
      await connection.workflowService.countWorkflowExecutions({
        namespace,
        query: `${wanted.name} = '${value}'`,
      });
    } catch (error) {
      if (!hasCode(error, GRPC.INVALID_ARGUMENT)) throw error;
      rejected.push(wanted);
    }
  }
  return rejected;
}

function createMissingError(
  namespace: string,
  missing: readonly SearchAttribute[],
  reason: string,
  cause?: unknown,
): BatonError {
  const list = missing.map(({ name, type }) => `${name} (${type})`).join(', ');
  return new BatonError(
    'SEARCH_ATTRIBUTES_MISSING',
    `The namespace ${namespace} lacks the search attributes ${list}, ${reason}. Register them (in Temporal Cloud: ` +
      `in the namespace's settings or with tcld):\n${listRegistrationCommands(namespace, missing).join('\n')}`,
    { namespace, missing },
    { cause },
  );
}

function createConflictError(
  namespace: string,
  conflicting: SearchAttributeState['conflicting'],
): BatonError {
  const list = conflicting
    .map(({ name, type, found }) => `${name} is ${found} and must be ${type}`)
    .join('; ');
  return new BatonError(
    'SEARCH_ATTRIBUTES_MISSING',
    `The namespace ${namespace} has search attributes of Baton's names with other types: ${list}. ` +
      'Rename or remove them, or use another namespace.',
    { namespace, conflicting },
  );
}

function toTypeName(code: number): string {
  const name = Object.entries(ValueType).find(([, value]) => value === code)?.[0] ?? String(code);
  const words = name.replace('INDEXED_VALUE_TYPE_', '').toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function isForbidden(error: unknown): boolean {
  return hasCode(error, GRPC.PERMISSION_DENIED) || hasCode(error, GRPC.UNIMPLEMENTED);
}

function hasCode(error: unknown, code: number): boolean {
  return isGrpcServiceError(error) && Number(error.code) === code;
}
