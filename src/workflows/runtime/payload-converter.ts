/**
 * The payload converter of the sandbox: Temporal's own, but a payload that cannot be read becomes a value that says
 * so. Thrown here, it would fail the workflow task again and again, and anybody who can start a workflow or send a
 * signal could wedge a run for ever.
 */
import { DefaultPayloadConverter, type Payload } from '@temporalio/common';

const UNREADABLE: unique symbol = Symbol('baton.unreadable');

interface Unreadable {
  readonly [UNREADABLE]: string;
}

/** Why a value from outside could not be read, or undefined when it could. */
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

/** The name under which Temporal looks for it. */
export const payloadConverter = new TolerantPayloadConverter();
