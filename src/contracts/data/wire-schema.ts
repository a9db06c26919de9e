/**
 * Each wire shape is written once: as a zod schema that describes each field, with its type inferred. The sandbox
 * imports only the types, since every schema that it evaluates costs each run processor time.
 */
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.js';
import type { Json } from './json.js';

/** Whether two types are the same, optional properties included. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The output of a schema, as read: it is readonly, and an optional property is present with a value or absent. */
export type Wire<S extends z.ZodType> = Frozen<z.output<S>>;

type Frozen<T> = Same<T, Json> extends true ? Json : FrozenParts<T>;
type FrozenParts<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<Exclude<T[K], undefined>> }
    : T;

/** A moment in UTC, which sorts as text. */
export const Instant = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'A moment: UTC, ISO 8601, in milliseconds.' });

/** Any JSON value: its schema accepts everything. */
export const AnyJson = z.unknown() as z.ZodType<Json>;

export const Code = z
  .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'A failure code; docs/errors.md has a section for each.' });

export const Count = z.int().min(0);

/** From 0 to 1. */
export const Share = z.number().min(0).max(1);
