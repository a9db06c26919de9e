/** A value as it travels: what is `undefined` is left out. */
import type { Json } from '@batonhq/baton';

export function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
