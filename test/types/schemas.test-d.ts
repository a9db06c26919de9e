/** A published schema that differs from its type does not compile, whatever the difference. */
import { AnyJson } from '../../src/contracts/data/wire-schema.js';
import { z } from 'zod';
import type { Json } from '../../src/contracts/data/json.js';
import { mirrorOf } from '../../src/schemas/parts/mirror.js';

interface Leaf {
  readonly name: string;
  readonly args?: Json;
}
interface Tree {
  readonly v: 1;
  readonly leaves: readonly Leaf[];
  readonly by?: 'code' | 'agent';
}
const leaf = z.object({ name: z.string(), args: AnyJson.optional() });
const by = z.enum(['code', 'agent']).optional();

mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(leaf), by }));
// @ts-expect-error an optional property is missing
mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(leaf) }));
// @ts-expect-error an optional property is one too many
mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(leaf), by, why: z.string().optional() }));
// @ts-expect-error a property is optional that is required
mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(leaf).optional(), by }));
// @ts-expect-error a word is missing
mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(leaf), by: z.enum(['code']).optional() }));
// @ts-expect-error deep inside, an optional property is missing
mirrorOf<Tree>()(z.object({ v: z.literal(1), leaves: z.array(z.object({ name: z.string() })), by }));
// @ts-expect-error what is any JSON must be any JSON
mirrorOf<Leaf>()(z.object({ name: z.string(), args: z.string().optional() }));

type Event = { readonly at: string } & (
  { readonly kind: 'a'; readonly text: string } | { readonly kind: 'b'; readonly count?: number }
);
const a = z.object({ kind: z.literal('a'), at: z.string(), text: z.string() });
const b = z.object({ kind: z.literal('b'), at: z.string(), count: z.number().optional() });
mirrorOf<Event>()(z.discriminatedUnion('kind', [a, b]));
// @ts-expect-error a kind is missing
mirrorOf<Event>()(z.discriminatedUnion('kind', [a]));
// @ts-expect-error a kind lacks an optional property
mirrorOf<Event>()(z.discriminatedUnion('kind', [a, b.omit({ count: true })]));
