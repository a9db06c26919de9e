/** Signing in by a token of an OpenID Connect issuer. */
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { BatonError } from '../../contracts/errors.js';

/** Whose tokens say who somebody is. */
export interface OidcSettings {
  /** As it stands in the token's `iss`. */
  readonly issuer: string;
  /** As it stands in the token's `aud`: without it, a token for another service would let people in here. */
  readonly audience: string;
  /** Where the issuer's public keys are. */
  readonly jwksUri: string;
  /** The claim that names the person as the registry of approvers does. Default `sub`. */
  readonly subjectClaim?: string;
}

/** Public-key signatures only: a shared secret would let whoever checks tokens make them too. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Gives the person whom a token names. Rejects with `SIGN_IN_REFUSED`. */
export type ReadIdToken = (token: string) => Promise<string>;

export function createIdTokenReader(
  settings: OidcSettings,
  keys: JWTVerifyGetKey = createRemoteKeys(settings),
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

function createRemoteKeys({ jwksUri }: OidcSettings): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwksUri));
}

function createRefusedError(why: string, cause?: Error): BatonError {
  return new BatonError('SIGN_IN_REFUSED', `The token does not say who you are: ${why}.`, {}, { cause });
}
