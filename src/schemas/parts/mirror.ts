/**
 * Keeps a published schema equal to the type whose values it describes. The wire's types stay interfaces, since each
 * schema that the sandbox evaluates costs every run processor time; the schemas here are their mirrors, and one that
 * differs from its type does not compile.
 */
import type { z } from 'zod';
import type { Json } from '../../contracts/data/json.js';

/** Whether two types are the same, optional properties included. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type as JSON shows it: neither readonly nor undefined, intersections made one. */
type Plain<T> = Same<T, Json> extends true ? Json : PlainParts<T>;
type PlainParts<T> = T extends readonly (infer Element)[]
  ? Plain<Element>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<Exclude<T[K], undefined>> }
    : T;

/** The names of what differs: kinds of a union, else properties. */
type Drift<A, B> = [A, B] extends [{ readonly kind: infer OfA }, { readonly kind: infer OfB }]
  ? { [K in (OfA | OfB) & string]: Differing<Extract<A, { kind: K }>, Extract<B, { kind: K }>, K> }[(
      OfA | OfB
    ) &
      string]
  : { [K in keyof A | keyof B]: Differing<At<A, K>, At<B, K>, K> }[keyof A | keyof B];
type Differing<A, B, Name> = Same<A, B> extends true ? never : Name;
type At<T, K> = K extends keyof T ? Pick<T, K> : never;

type Agreement<A, B> =
  Same<A, B> extends true ? unknown : { readonly 'schema and type differ in': Drift<A, B> };

/** `mirrorOf<T>()(schema)` gives the schema back, and compiles only when its type is `T`. */
export function mirrorOf<T>(): <S extends z.ZodType>(
  schema: S & Agreement<Plain<z.output<S>>, Plain<T>>,
) => S {
  return (schema) => schema;
}
