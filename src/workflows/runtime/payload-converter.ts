/**
 * The payload converter of the sandbox: Temporal's own, except that an unreadable payload becomes a value that says so. An
 * error here would fail the workflow task repeatedly. Anyone who can start a workflow or send a signal could then block a
 * run forever.
 */
import { DefaultPayloadConverter, type Payload } from '@temporalio/common';

const UNREADABLE: unique symbol = Symbol('baton.unreadable');

interface Unreadable {
  readonly [UNREADABLE]: string;
}

/** Why a value from outside is unreadable, or undefined when it is readable. */
export function findUnreadable(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && UNREADABLE in value
    ? (value as Unreadable)[UNREADABLE]
    : undefined;
}

class TolerantPayloadConverter extends DefaultPayloadConverter {
  override fromPayload<T>(...args: Parameters<DefaultPayloadConverter['fromPayload']>): T {
    try {
      return super.fromPayload<T>(...(args as [Payload]));
    } catch (error) {
      const why: Unreadable = { [UNREADABLE]: error instanceof Error ? error.message : String(error) };
      return why as T;
    }
  }
}

/** Temporal looks for this name. */
export const payloadConverter = new TolerantPayloadConverter();
