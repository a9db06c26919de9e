/** Signing in by a token of an OpenID Connect issuer. */
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { OidcSettings } from '../../contracts/proof/oidc-settings.js';
import { BatonError } from '../../contracts/errors.js';

/** Public-key signatures only: a shared secret would let whoever checks tokens make them too. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Gives the person whom a token names. Rejects with `SIGN_IN_REFUSED`. */
export type ReadIdToken = (token: string) => Promise<string>;

export function createIdTokenReader(
  settings: OidcSettings,
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(settings.jwksUri)),
): ReadIdToken {
  const { issuer, audience, subjectClaim = 'sub' } = settings;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: 60,
      });
      const subject = payload[subjectClaim];
      if (typeof subject === 'string' && subject.trim() !== '') return subject;
      throw createRefusedError(`it has no claim "${subjectClaim}" that names a person`);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw createRefusedError(error.message, error);
      throw error;
    }
  };
}

function createRefusedError(why: string, cause?: Error): BatonError {
  return new BatonError('SIGN_IN_REFUSED', `The token does not say who you are: ${why}.`, {}, { cause });
}
