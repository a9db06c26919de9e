/** Base64url without padding, RFC 4648, section 5. Strict: two spellings of one signature would be two tokens. */
import { base64url } from 'rfc4648';

export function toBase64url(bytes: Uint8Array): string {
  return base64url.stringify(bytes, { pad: false });
}

/** @throws for padding, other characters, and trailing bits that are not zero. */
export function fromBase64url(text: string): Uint8Array {
  if (text.includes('=')) throw new SyntaxError('This is not base64url without padding.');
  return base64url.parse(text, { loose: true });
}
