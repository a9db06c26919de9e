/** Any JSON value, as read from the wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A JSON value that a caller may pass: with readonly arrays and optional properties. The compiler rejects a function, a
 * Date or a class instance, which would get lost on the wire.
 */
export type JsonInput =
  string | number | boolean | null | readonly JsonInput[] | { readonly [key: string]: JsonInput | undefined };

export function isJsonObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
