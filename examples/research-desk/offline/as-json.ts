/** A value as JSON: `undefined` properties are left out. */
import type { Json } from '@batonhq/baton';

export function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
