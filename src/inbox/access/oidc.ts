/** Sign-in with a token of an OpenID Connect issuer. */
import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { OidcSettings } from '../../contracts/proof/oidc-settings.js';
import { BatonError } from '../../contracts/errors.js';

/** Public-key signatures only: with a shared secret, everyone who checks tokens could also make them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Resolves with the person that a token names. Rejects with `SIGN_IN_REFUSED`. */
export type ReadIdToken = (token: string) => Promise<string>;

export function createIdTokenReader(
  settings: OidcSettings,
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(settings.jwksUri)),
): ReadIdToken {
  const { issuer, audience, subjectClaim = 'sub' } = settings;
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: 60,
      });
      const wrong = findWrongUse(payload, protectedHeader, settings);
      if (wrong !== undefined) throw createRefusedError(wrong);
      const subject = payload[subjectClaim];
      if (typeof subject === 'string' && subject.trim() !== '') return subject;
      throw createRefusedError(`it has no claim "${subjectClaim}" that names a person`);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw createRefusedError(error.message, error);
      throw error;
    }
  };
}

/** Why a token that the issuer signed for this page does not identify its sender. */
function findWrongUse(
  { aud, azp, email_verified: verified, typ: use }: JWTPayload,
  { typ = 'JWT' }: JWTHeaderParameters,
  { audience, subjectClaim }: OidcSettings,
): string | undefined {
  // An access token authorizes a program and is passed to servers, so it does not prove who sends it: RFC
  // 9068, 2.1. Some issuers, such as Keycloak, mark it in the payload instead of the header.
  const isForAccess = typeof use === 'string' && use.toLowerCase() === 'bearer';
  if (isForAccess || /^(?:application\/)?at\+jwt$/i.test(typ))
    return 'it is an access token. Give the ID token';
  if (azp !== undefined && azp !== audience)
    return `it was made for another service than "${audience}" (azp)`;
  if (azp === undefined && Array.isArray(aud) && aud.length > 1)
    return 'it is for several audiences, and does not say for which of them it was made (azp)';
  if (subjectClaim === 'email' && verified !== true)
    return 'its issuer has not verified the address (email_verified)';
  return undefined;
}

function createRefusedError(why: string, cause?: Error): BatonError {
  return new BatonError('SIGN_IN_REFUSED', `The token does not say who you are: ${why}.`, {}, { cause });
}
