/** Any JSON value, as read from the wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * What a caller may pass where JSON is written: readonly arrays, optional properties. A function, a Date or a
 * class instance does not fit, so that it is refused by the compiler rather than lost on the way.
 */
export type JsonInput =
  string | number | boolean | null | readonly JsonInput[] | { readonly [key: string]: JsonInput | undefined };

export function isJsonObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
