/** A router's decision about a request. */
import type { Destination } from './requests/request.js';

export const ROUTER_NAMES = ['rules', 'similarity', 'classifier', 'chain'] as const;
export type RouterName = (typeof ROUTER_NAMES)[number];

export interface Decision {
  /** `keep` when nothing decided. */
  readonly to: Destination | 'keep';
  readonly by: 'rules' | 'similarity' | 'classifier' | 'person' | 'fallback';
}
