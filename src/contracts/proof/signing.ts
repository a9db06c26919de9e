/** Signing a token: what every one of them says besides its own claims. */
import type { Json } from '../data/json.js';
import { signToken, type PrivateKey } from './jws.js';

/** Who signs, by which key, and for how long it counts. */
export interface Signing {
  readonly subject: string;
  readonly key: Pick<PrivateKey, 'd' | 'kid'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From then on it counts for nothing. Milliseconds since 1970. */
  readonly expires: number;
}

/** A compact JWS over a token's own claims and those that every token has. */
export function signClaims(
  typ: string,
  { subject, key, now, expires }: Signing,
  own: Readonly<Record<string, Json>>,
): string {
  const iat = Math.floor(now / 1_000);
  const exp = Math.floor(expires / 1_000);
  return signToken(typ, { v: 1, sub: subject, iat, exp, ...own }, key);
}
