/** An OpenID Connect issuer in a configuration. */

/** The issuer whose tokens identify people. */
export interface OidcSettings {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` of its tokens: without it, a token for another service would sign people in here. */
  readonly audience: string;
  /** The URL of the issuer's public keys. */
  readonly jwksUri: string;
  /** The claim with the person's name in the registry of approvers. Default `sub`. */
  readonly subjectClaim?: string;
}
