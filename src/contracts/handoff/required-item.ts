/** How a required item is written in an acknowledgement. */
import type { RequiredItem } from './envelope.js';

export function itemId({ name, version }: RequiredItem): string {
  return `${name}@${version}`;
}
