/** An OpenID Connect issuer, as a configuration names it. */

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
